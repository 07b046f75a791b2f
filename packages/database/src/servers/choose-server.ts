/** Which server to read from. Pure. */

export type ServerRole = 'primary' | 'replica';

/** A server as it was seen last. */
export interface SeenServer {
  url: string;
  /** What it is by our configuration. */
  role: ServerRole;
  /** It answered, and its data are no remnant of another history: see history.ts. */
  isThere: boolean;
  /** It replays what the primary writes; false for a replica that was promoted, or follows such a one. */
  isFollowing: boolean;
  /** Milliseconds that it is behind at most; undefined where nobody can tell. */
  behindMs: number | undefined;
}

/** A replica that was left is taken up again once it is no further behind than two looks. */
const RETURN_MS = 2_500;

/**
 * A replica where one is near enough, in the order of the configuration; else the primary; else, without
 * the primary, whatever replica is there: it may be far behind, and says so. A promoted replica has a
 * history of its own, so it is never read from beside the primary.
 * @param current the url that is read from now: it may be `behindMsMax` behind, another one hardly
 */
export function chooseServer(
  servers: readonly SeenServer[],
  current: string | undefined,
  behindMsMax: number,
): SeenServer | undefined {
  const there = servers.filter(({ isThere }) => isThere);
  const isNear = ({ url, behindMs = Number.POSITIVE_INFINITY }: SeenServer) =>
    behindMs <= (url === current ? behindMsMax : Math.min(behindMsMax, RETURN_MS));
  const replicas = there.filter(({ role }) => role === 'replica');
  const following = replicas.filter(({ isFollowing }) => isFollowing);
  return following.find(isNear) ?? there.find(({ role }) => role === 'primary') ?? nearest(replicas, current);
}

/** The one that is read from stays, so that figures do not go back and forth. */
function nearest(replicas: readonly SeenServer[], current: string | undefined): SeenServer | undefined {
  const behind = ({ behindMs = Number.POSITIVE_INFINITY }: SeenServer) => behindMs;
  return replicas.find(({ url }) => url === current) ?? replicas.toSorted((a, b) => behind(a) - behind(b))[0];
}
