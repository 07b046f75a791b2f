/** The rate of one peer, on a database of its own. */
import type { CaseEvent } from '@effectstroom/contracts';
import { WARM_UP_SHARE } from '../bare-insert.ts';
import { Child } from '../child.ts';
import { whole } from '../figure-text.ts';
import { withEmptyDatabase } from '../fresh-database.ts';
import type { BenchContext } from '../parts.ts';
import type { Peer, PeerWork } from './peer.ts';
import { grossOf, PeerGroups, peerEvent } from './peer-event.ts';
import type { PeerRequest } from './peer-process.ts';
import { checkPeerWork, makePeerTables } from './peer-tables.ts';

/** No peer that handles one event at a time does more of them in a second. */
const EVENTS_A_SECOND_MAX = 10_000;

export interface PeerMeasurement {
  texts: readonly string[];
  seconds: number;
  /** That divide the work; one where nothing is said: this one. */
  processes?: number;
}

/** @returns events a second. @throws Error where what it did does not add up */
export async function measurePeer(
  peer: Peer,
  serverUrl: string,
  { texts: all, seconds, processes = 1 }: PeerMeasurement,
): Promise<number> {
  const texts = all.slice(0, seconds * EVENTS_A_SECOND_MAX);
  const groups = new PeerGroups();
  const gross = new Map(
    texts.map((text) => {
      const event = peerEvent(JSON.parse(text) as CaseEvent, groups);
      return [event.data.caseId, grossOf(event)];
    }),
  );
  return withEmptyDatabase(serverUrl, async ({ url, client }) => {
    await makePeerTables(client);
    await peer.prepare?.(url, texts);
    const work = { url, texts, groups: groups.numbers, seconds };
    const moments = processes === 1 ? [await peer.work(work)] : await divided(peer, work, processes);
    await checkPeerWork(client, (id) => gross.get(id) ?? 0n, peer.recorded);
    return perSecond(moments);
  });
}

/** Events a second, by name. @throws Error as `measurePeer` */
export async function peerRates(
  peers: readonly Peer[],
  serverUrl: string,
  work: PeerMeasurement,
  { signal, tell }: Pick<BenchContext, 'signal' | 'tell'>,
): Promise<Record<string, number>> {
  const rates: Record<string, number> = {};
  for (const peer of peers) {
    signal.throwIfAborted();
    const rate = await measurePeer(peer, serverUrl, work);
    rates[peer.name] = rate;
    tell(`${peer.name}, processes ${work.processes ?? 1}: ${whole(rate)} events/s`);
  }
  return rates;
}

/** By round: of the fastest, in one process or in several. */
export function fastestPeers(
  rounds: readonly { peers: Record<string, number>; peersOfFour: Record<string, number> }[],
): number[] {
  return rounds.map(({ peers, peersOfFour }) =>
    Math.max(...Object.values(peers), ...Object.values(peersOfFour)),
  );
}

/** By process. */
async function divided(peer: Peer, work: PeerWork, processes: number): Promise<number[][]> {
  const children = Array.from({ length: processes }, () =>
    Child.start<PeerRequest, number[]>('peers/peer-process.ts'),
  );
  try {
    await Promise.all(children.map((child) => child.ask({ do: 'start' })));
    return await Promise.all(
      children.map((child, place) => {
        const own = work.texts.filter((_, at) => peer.hasQueue || at % processes === place);
        return child.ask({ do: 'work', ...work, name: peer.name, texts: own });
      }),
    );
  } finally {
    await Promise.all(children.map((child) => child.stop()));
  }
}

/**
 * While all processes were at work and warm: each leaves its first part out, as the calculator does.
 * @throws Error where there are too few events to tell
 */
function perSecond(byProcess: readonly (readonly number[])[]): number {
  const from = Math.max(
    ...byProcess.map((moments) => moments[Math.floor(moments.length * WARM_UP_SHARE)] ?? 0),
  );
  const to = Math.min(...byProcess.map((moments) => moments.at(-1) ?? 0));
  const counted = byProcess.flat().filter((moment) => moment > from && moment <= to).length;
  if (from >= to || counted === 0) throw new Error('A process of a peer had too little to do');
  return (counted * 1_000) / (to - from);
}
