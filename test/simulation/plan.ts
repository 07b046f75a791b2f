/** What a simulation does, all drawn from its seed beforehand: what happens meanwhile cannot change it. */
import { identityOf } from '../harness/auditor.ts';
import type { Decision, SentEvent, SentPriceList, SentProgramme } from '../harness/sent.ts';
import { type Random, seededRandom } from '../scenarios/random.ts';
import { inventEvents, type Planned } from './invent-events.ts';
import { inventQuestions, type Question } from './invent-questions.ts';
import { inventPriceList, inventProgramme, PLACES, type Place, PRICE_LISTS } from './invent-settings.ts';

export type Change =
  | { place: Place; body: SentProgramme }
  | { code: string; body: SentPriceList }
  | { decision: Decision };

export const PARTS = ['calculator', 'second', 'ingest', 'nats', 'postgres'] as const;

export interface Kill {
  /** Once so many events of the round are accepted. */
  after: number;
  /** Killed at the same time. */
  parts: (typeof PARTS)[number][];
}

/** All senders send at once; a round ends when everything of it is accepted. */
export interface Round {
  /** Of each sender, its requests. */
  senders: SentEvent[][][];
  events: number;
  /** Settings that are put meanwhile, one after the other. */
  changes: Change[];
  kills: Kill[];
  /** What happens to the stream after the round, once all of it is in the totals. */
  upset: (typeof UPSETS)[number];
}

/** Made anew; copied; put back as it was when it was copied. */
const UPSETS = ['none', 'deleted', 'kept', 'put back'] as const;

export interface Plan {
  rounds: Round[];
  /** Asked in the middle, while events come in, about a moment that has just passed; and again at the end. */
  asOfQuestions: Question[];
  /** Asked in the middle and at the end, and compared. */
  questions: Question[];
}

const ROUNDS = 6;
const SENDERS = 6;
const BATCH_MAX = 60;

/** @param count about how many events */
export function planOf(seed: number, count: number): Plan {
  const random = seededRandom(BigInt(seed));
  const rounds = inRounds(inventEvents(count, random)).map((planned, number) => {
    const events = planned.sort((one, other) => one.at - other.at).map(({ event }) => event);
    return {
      senders: Array.from({ length: SENDERS }, (_, sender) =>
        inBatches(
          events.filter((_event, place) => place % SENDERS === sender),
          random,
        ),
      ),
      events: events.length,
      changes: [...inventChanges(number, random), ...inventDecisions(events, random)],
      kills: inventKills(events.length, random),
      upset: random.pick<Round['upset']>(['none', 'none', ...UPSETS]),
    };
  });
  return { rounds, asOfQuestions: inventQuestions(3, random), questions: inventQuestions(12, random) };
}

/** By place in the run; what must come after the first of its identity comes in a later round than that. */
function inRounds(planned: readonly Planned[]): Planned[][] {
  const rounds: Planned[][] = Array.from({ length: ROUNDS + 1 }, () => []);
  const roundOf = ({ at }: Planned) => Math.min(Math.floor(at * ROUNDS), ROUNDS - 1);
  const firsts = new Map<string, number>();
  for (const one of planned.filter(({ isIdentityConflict }) => !isIdentityConflict)) {
    const identity = identityOf(one.event);
    firsts.set(identity, Math.min(firsts.get(identity) ?? ROUNDS, roundOf(one)));
    rounds[roundOf(one)]?.push(one);
  }
  for (const one of planned.filter(({ isIdentityConflict }) => isIdentityConflict))
    rounds[Math.max(roundOf(one), (firsts.get(identityOf(one.event)) ?? 0) + 1)]?.push(one);
  return rounds.filter((round) => round.length > 0);
}

function inBatches(events: readonly SentEvent[], random: Random): SentEvent[][] {
  const batches: SentEvent[][] = [];
  for (let at = 0; at < events.length; at += batches.at(-1)?.length ?? 0)
    batches.push(events.slice(at, at + 1 + random.below(random.pick([1, 5, BATCH_MAX]))));
  return batches;
}

/** At first most settings come; some come later, and all change now and then. */
function inventChanges(round: number, random: Random): Change[] {
  const programmes = PLACES.filter((_place, number) =>
    round === 0 ? number > 0 : random.below(100) < 40,
  ).map((place) => ({ place, body: inventProgramme(place, random) }));
  const priceLists = PRICE_LISTS.filter((_code, number) =>
    round === 0 ? number > 0 : random.below(100) < 50,
  ).map((code) => ({ code, body: inventPriceList(random) }));
  const changes: Change[] = [...priceLists, ...programmes];
  // Some are put twice: the second time changes nothing.
  return [...changes, ...changes.filter(() => random.below(100) < 20)];
}

/** Some events are dismissed, before or after they come; some of these are retried. */
function inventDecisions(events: readonly SentEvent[], random: Random): Change[] {
  return events
    .filter(() => random.below(100) < 2)
    .flatMap(({ source, id, data: { organisation } }) => {
      const dismissed: Change = { decision: { organisation, source, id, decision: 'dismiss' } };
      const retried: Change = { decision: { organisation, source, id, decision: 'retry' } };
      return random.below(100) < 40 ? [dismissed, retried] : [dismissed];
    });
}

function inventKills(events: number, random: Random): Kill[] {
  const kills = Array.from({ length: 1 + random.below(3) }, () => {
    const parts = PARTS.filter(() => random.below(100) < 20);
    return { after: random.below(events), parts: parts.length > 0 ? parts : [random.pick(PARTS)] };
  });
  return kills.sort((one, other) => one.after - other.after);
}
