/** A process of a peer: does its part of the work. */
import { answerRequests } from '../child.ts';
import type { PeerWork } from './peer.ts';
import { PEERS } from './peers.ts';

export type PeerRequest = { do: 'start' } | ({ do: 'work'; name: string } & PeerWork);

answerRequests(async (asked: PeerRequest): Promise<number[]> => {
  // Its answer says that everything is loaded.
  if (asked.do === 'start') return [];
  const { name, ...work } = asked;
  const peer = PEERS.find((one) => one.name === name);
  if (peer === undefined) throw new Error(`There is no peer ${name}`);
  return peer.work(work);
});
