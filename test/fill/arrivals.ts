/** Invented events in the order of a stream: when each became known, and its place in a message. */
import { partitionOf } from '@effectstroom/contracts';
import { eventNumber, type Micros } from '@effectstroom/database';
import { type Arrival, caseKeyOf, identityOf } from '../../services/calculator/src/fold.ts';
import type { CaseInventor } from './invent-case.ts';

/** The stream that is invented. */
export interface Timeline {
  cases: number;
  partitions: number;
  epoch: number;
  /** Sequence of the first message. */
  firstSequence: bigint;
  /** When the first event became known, and the last. */
  from: Micros;
  to: Micros;
}

export interface FilledArrival extends Arrival {
  /** Another event of the case comes later. */
  hasLater: boolean;
}

/** Numbers of what an event names. */
export interface Numbers {
  organisation: (code: string) => number;
  source: (uri: string) => number;
}

/** Cases whose first events become known at once: one message for each partition. */
const CASES_AT_ONCE = 80;
/** The second event of a case comes after a sixtieth of the time: a month in five years. */
const LATER_PART = 60;

/** How many cases later the second event of a case comes. */
function laterBy({ cases }: Timeline): number {
  return Math.max(CASES_AT_ONCE, Math.ceil(cases / LATER_PART));
}

/** Sequence of the last message. */
export function lastSequence(timeline: Timeline): bigint {
  return timeline.firstSequence + BigInt(momentsOf(timeline) * timeline.partitions) - 1n;
}

function momentsOf(timeline: Timeline): number {
  return Math.ceil((timeline.cases + laterBy(timeline)) / CASES_AT_ONCE);
}

/** The inventor's events of each moment, in the order of the stream. */
export function* arrivalsOf(
  timeline: Timeline,
  inventor: CaseInventor,
  numbers: Numbers,
): Generator<FilledArrival[]> {
  const { cases, partitions, epoch, firstSequence } = timeline;
  const moments = momentsOf(timeline);
  const span = timeline.to - timeline.from;
  const knownAtOf = (moment: number) => timeline.from + (span * BigInt(moment)) / BigInt(moments);
  const loggedAtOf = (index: number) =>
    Number(knownAtOf(Math.floor(index / CASES_AT_ONCE)) / 1_000n) - 60_000 + (index % CASES_AT_ONCE);
  for (let moment = 0; moment < moments; moment++) {
    const knownAt = knownAtOf(moment);
    const arrivals: FilledArrival[] = [];
    const arrive = (event: FilledArrival['event'], place: number, hasLater: boolean) => {
      const organisation = numbers.organisation(event.data.organisation);
      const source = numbers.source(event.source);
      const partition = partitionOf(event.data.organisation, event.data.caseId, partitions);
      const sequence = firstSequence + BigInt(moment * partitions + partition);
      arrivals.push({
        ...{ event, hasLater, knownAt, organisation, source, partition },
        number: eventNumber({ epoch, sequence, index: place }),
        payload: JSON.stringify(event),
        identity: identityOf(organisation, source, event.id),
        caseKey: caseKeyOf(organisation, event.data.caseId),
      });
    };
    for (let place = 0; place < CASES_AT_ONCE; place++) {
      const index = moment * CASES_AT_ONCE + place;
      const first = index < cases ? inventor.first(index, loggedAtOf(index)) : undefined;
      if (first !== undefined) arrive(first.event, 2 * place, first.hasLater);
      const earlier = index - laterBy(timeline);
      const later =
        earlier >= 0 && earlier < cases
          ? inventor.later(earlier, loggedAtOf(earlier), loggedAtOf(index))
          : undefined;
      if (later !== undefined) arrive(later, 2 * place + 1, false);
    }
    yield arrivals;
  }
}
