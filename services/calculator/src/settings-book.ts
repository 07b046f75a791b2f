/** The programmes and price lists that hold at one point of the stream. */
import {
  CASE_TYPES,
  type CaseEvent,
  type Closing,
  canonicalJson,
  type Deliveries,
  type PriceList,
  type Programme,
  type QuarantineDecision,
  type ReportTexts,
} from '@effectstroom/contracts';
import type { SettingsVersion } from '@effectstroom/database';
import { checkCodes, type Refusal, type Valuation, valueCase } from '@effectstroom/valuation';
import { decisionKey, programmeKey } from './settings-version.ts';

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

/** An event, and what was judged of it last: a case with many events asks again and again. */
export interface Judged {
  readonly event: CaseEvent;
  judged?: { by: object; is: Judgement | Refusal } | undefined;
}

export class SettingsBook {
  readonly #programmes = new Map<string, Version<Programme>>();
  readonly #priceLists = new Map<string, Version<PriceList>>();
  readonly #deliveries = new Map<string, Version<Deliveries>>();
  readonly #decisions = new Map<string, Version<QuarantineDecision>>();
  readonly #closings = new Map<string, Version<Closing>>();
  readonly #reports = new Map<string, Version<ReportTexts>>();
  /** Another one since the settings last changed. */
  #edition: object = {};

  constructor(versions: readonly SettingsVersion[]) {
    for (const version of versions) this.add(version);
  }

  /** From here on this version holds. Its body was checked before it was recorded. */
  add({ number, kind, key, body }: SettingsVersion): void {
    this.#edition = {};
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
        break;
      case 'closing':
        this.#closings.set(key, { number, body: body as Closing });
        break;
      case 'report':
        this.#reports.set(key, { number, body: body as ReportTexts });
        break;
      case 'erasure': // done once; it decides nothing
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

  /**
   * Whether a version is of nothing that there is: a closing of an organisation without a programme, where nothing can
   * count. All workers see the same, because each has the settings before a message when it comes to it.
   */
  isOfNothing({ kind, body }: SettingsVersion): boolean {
    if (kind !== 'closing') return false;
    const { organisation } = body as Closing;
    return ![...this.#programmes.values()].some((programme) => programme.body.organisation === organisation);
  }

  /** Whether the version says the same as the one that holds: then it changes nothing. */
  holds({ kind, key, body }: SettingsVersion): boolean {
    const current = this.#heldOf(kind).get(key);
    if (current === undefined) return false;
    // What a period was closed with stays, whatever a second closing says.
    return kind === 'closing' || canonicalJson(current.body) === canonicalJson(body);
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
      case 'closing':
        return this.#closings;
      case 'report':
        return this.#reports;
      case 'erasure':
        return NONE_HELD;
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

  /** Body of the version that holds in the place of this one; undefined where there is none. */
  bodyInPlaceOf({ kind, key }: SettingsVersion): unknown {
    return this.#heldOf(kind).get(key)?.body;
  }

  /** What an event is worth under a programme on its way to the one that holds, and the price lists that hold. */
  judgeUnder(event: CaseEvent, programme: Programme): Judgement | Refusal {
    const number = this.#programmes.get(programmeKey(event.data))?.number ?? 0n;
    return this.#judge(event, { number, body: programme });
  }

  /** What an event is worth under these settings, or why it cannot count. */
  judge(event: CaseEvent): Judgement | Refusal {
    return this.#judge(event, this.#programmes.get(programmeKey(event.data)));
  }

  /** The same, kept with the event until the settings change. */
  judgeOnce(one: Judged): Judgement | Refusal {
    if (one.judged?.by === this.#edition) return one.judged.is;
    const is = this.judge(one.event);
    one.judged = { by: this.#edition, is };
    return is;
  }

  #judge(event: CaseEvent, programme: Version<Programme> | undefined): Judgement | Refusal {
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

const NONE_HELD: ReadonlyMap<string, Version<never>> = new Map<string, never>();

const UNKNOWN_PROGRAMME: Refusal = {
  reason: 'unknown-programme',
  detail: 'The programme of the case has no settings yet',
};
