/** Whether a nats-server of a cluster can say anything of a stream. */
import type { PeerInfo, StreamInfo } from '@nats-io/jetstream';

/** A server that keeps the stream is heard of every second; after this many nanoseconds it is out of reach. */
const OUT_OF_REACH_NS = 4_000_000_000;

/**
 * Why what a server says of the stream counts for nothing; undefined where it does. While no server leads it, each of
 * them answers by what it has itself, also one that lags behind. One that led it and was cut off goes on to answer for a
 * while, and knows nothing of what the others accept.
 */
export function doubtOf({ cluster }: StreamInfo): string | undefined {
  if (cluster === undefined) return undefined;
  const { leader, replicas: others = [] } = cluster;
  if (!leader) return 'no nats-server leads the stream now';
  const reached = others.filter(isReached).length;
  if (2 * (reached + 1) > others.length + 1) return undefined;
  return 'nats-server is cut off from the others that keep the stream';
}

/** Of one that was never heard of it is said that it was active 0 ns ago. */
function isReached({ active, current }: PeerInfo): boolean {
  return active < OUT_OF_REACH_NS && (active > 0 || current);
}
