/** The programmes and price lists that hold at one point of the stream. */
import {
  CASE_TYPES,
  type CaseEvent,
  type Deliveries,
  type PriceList,
  type Programme,
  type QuarantineDecision,
  SETTINGS_TYPES,
  type SettingsEvent,
} from '@effectstroom/contracts';
import type { SettingsVersion } from '@effectstroom/database';
import { checkCodes, type Refusal, type Valuation, valueCase } from '@effectstroom/valuation';

interface Version<T> {
  /** Number of the settings message. */
  number: bigint;
  body: T;
}

/** An event under the settings: what it is worth, and which versions say so. */
export interface Judgement {
  /** Absent unless the case is assessed. */
  valuation: Valuation | undefined;
  programmeVersion: bigint;
  priceListVersion: bigint | undefined;
}

/** Key of a programme, as in the path of its settings. */
export function programmeKey(of: { municipality: string; organisation: string; programme: string }): string {
  return `${of.municipality}/${of.organisation}/${of.programme}`;
}

/** Key of a decision on an event in quarantine. No slug or URI holds a space. */
function decisionKey(of: Pick<QuarantineDecision, 'organisation' | 'source' | 'id' | 'target'>): string {
  return `${of.organisation} ${of.source} ${of.target} ${of.id}`;
}

/** The version that a settings event makes. */
export function settingsVersion(number: bigint, event: SettingsEvent): SettingsVersion {
  switch (event.type) {
    case SETTINGS_TYPES.programme:
      return { number, kind: 'programme', key: programmeKey(event.data), body: event.data };
    case SETTINGS_TYPES.priceList:
      return { number, kind: 'price-list', key: event.data.code, body: event.data };
    case SETTINGS_TYPES.deliveries:
      return { number, kind: 'deliveries', key: event.data.organisation, body: event.data };
    case SETTINGS_TYPES.quarantine:
      return { number, kind: 'quarantine', key: decisionKey(event.data), body: event.data };
  }
}

export class SettingsBook {
  readonly #programmes = new Map<string, Version<Programme>>();
  readonly #priceLists = new Map<string, Version<PriceList>>();
  readonly #deliveries = new Map<string, Version<Deliveries>>();
  readonly #decisions = new Map<string, Version<QuarantineDecision>>();
  /** What was judged since the settings last changed: a case with many events asks again and again. */
  #judged = new WeakMap<CaseEvent, Judgement | Refusal>();

  constructor(versions: readonly SettingsVersion[]) {
    for (const version of versions) this.add(version);
  }

  /** From here on this version holds. Its body was checked before it was recorded. */
  add({ number, kind, key, body }: SettingsVersion): void {
    this.#judged = new WeakMap();
    switch (kind) {
      case 'programme':
        this.#programmes.set(key, { number, body: body as Programme });
        break;
      case 'price-list':
        this.#priceLists.set(key, { number, body: body as PriceList });
        break;
      case 'deliveries':
        this.#deliveries.set(key, { number, body: body as Deliveries });
        break;
      case 'quarantine':
        this.#decisions.set(key, { number, body: body as QuarantineDecision });
    }
  }

  /** Whether there is any decision on events in quarantine. */
  get dismisses(): boolean {
    return this.#decisions.size > 0;
  }

  /** Why an event is dismissed; undefined where it is not. */
  dismissal({ source, id, data: { organisation } }: CaseEvent): string | undefined {
    const decided = this.#decisions.get(decisionKey({ organisation, source, id, target: 'event' }));
    return decided?.body.decision === 'dismiss' ? decided.body.reason : undefined;
  }

  /** Whether the version says the same as the one that holds: then it changes nothing. */
  holds({ kind, key, body }: SettingsVersion): boolean {
    const current = this.#heldOf(kind).get(key);
    return current !== undefined && sameJson(current.body, body);
  }

  #heldOf(kind: SettingsVersion['kind']): ReadonlyMap<string, Version<unknown>> {
    switch (kind) {
      case 'programme':
        return this.#programmes;
      case 'price-list':
        return this.#priceLists;
      case 'deliveries':
        return this.#deliveries;
      case 'quarantine':
        return this.#decisions;
    }
  }

  /** Keys of the programmes that a version touches, in order. */
  touchedBy({ kind, key }: SettingsVersion): string[] {
    if (kind === 'programme') return [key];
    if (kind !== 'price-list') return [];
    return [...this.#programmes]
      .filter(([, { body }]) => body.priceList === key)
      .map(([programme]) => programme)
      .sort();
  }

  /** What an event is worth under these settings, or why it cannot count. */
  judge(event: CaseEvent): Judgement | Refusal {
    let judged = this.#judged.get(event);
    if (judged === undefined) {
      judged = this.#judge(event);
      this.#judged.set(event, judged);
    }
    return judged;
  }

  #judge(event: CaseEvent): Judgement | Refusal {
    const programme = this.#programmes.get(programmeKey(event.data));
    if (programme === undefined) return UNKNOWN_PROGRAMME;
    const refusal = checkCodes(event.data, programme.body);
    if (refusal !== undefined) return refusal;
    if (event.type !== CASE_TYPES.assessed)
      return { valuation: undefined, programmeVersion: programme.number, priceListVersion: undefined };
    const priceList =
      programme.body.priceList === undefined ? undefined : this.#priceLists.get(programme.body.priceList);
    const valuation = valueRecorded(event, programme.body, priceList?.body);
    if ('reason' in valuation) return valuation;
    const priced = event.data.avoided.some((line) => line.service !== undefined);
    return {
      valuation,
      programmeVersion: programme.number,
      priceListVersion: priced ? priceList?.number : undefined,
    };
  }
}

/** An event that was recorded under other rules than today's may hold what cannot be valued at all. */
function valueRecorded(
  { data }: Extract<CaseEvent, { type: 'nl.effectstroom.case.assessed' }>,
  programme: Programme,
  priceList: PriceList | undefined,
): Valuation | Refusal {
  try {
    return valueCase(data, programme, priceList);
  } catch (error) {
    if (!(error instanceof RangeError || error instanceof TypeError)) throw error;
    return { reason: 'unreadable', detail: error.message };
  }
}

const UNKNOWN_PROGRAMME: Refusal = {
  reason: 'unknown-programme',
  detail: 'The programme of the case has no settings yet',
};

/** Whether two parsed JSON values are equal, whatever the order of members. */
function sameJson(one: unknown, other: unknown): boolean {
  return JSON.stringify(ordered(one)) === JSON.stringify(ordered(other));
}

function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ordered);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([name, member]) => [name, ordered(member)]),
  );
}
