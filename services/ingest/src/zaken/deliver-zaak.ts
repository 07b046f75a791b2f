import { CASE_TYPES, type CaseEvent, civilDateAt } from '@effectstroom/contracts';
import {
  type CaseToDeliver,
  type DeliveryContext,
  deliverCases,
  type Outcome,
} from '../delivery/deliver-cases.ts';
import { keyOf } from '../records/key-of.ts';
import { readCase } from '../records/read-case.ts';
import type { Connection } from './connection.ts';
import type { ReadZaak, ZaakReader } from './zaak-reader.ts';
import type { CaseIdentity, ColumnFault, DueZaak, ZaakStore } from './zaak-store.ts';
import { ZgwFault } from './zgw-fault.ts';

/** Most columns that are named for one refused zaak. */
const MOST_FAULTS = 20;

/** What delivering needs, beside what is of one delivery. */
export type Delivery = Pick<DeliveryContext, 'delivered' | 'publisher' | 'hashResidentKey'>;

/** Fetches the zaken of one connection and delivers their cases. */
export class ZaakDelivery {
  readonly #connection: Connection;
  readonly #store: ZaakStore;
  readonly #reader: ZaakReader;
  readonly #delivery: Delivery;

  constructor(connection: Connection, store: ZaakStore, reader: ZaakReader, delivery: Delivery) {
    this.#connection = connection;
    this.#store = store;
    this.#reader = reader;
    this.#delivery = delivery;
  }

  /** Fetches a zaak and delivers its case. Throws where it is to be tried again. */
  async handle(zaak: DueZaak): Promise<void> {
    const read = await this.#reader.read(zaak.uuid);
    if (read === 'other-type') {
      this.#store.forget(zaak);
    } else if (read === 'absent') {
      // Without a word of its end it may be only out of sight: rights, or a zaaksysteem being restored.
      if (!zaak.isGone) throw new ZgwFault('not-found');
      await this.#withdraw(zaak);
    } else {
      await this.#deliver(zaak, read);
    }
  }

  async #withdraw(zaak: DueZaak): Promise<void> {
    if (zaak.identity === undefined) return this.#store.forget(zaak);
    await this.#send(zaak, withdrawalOf(zaak.identity), () => this.#store.forget(zaak));
  }

  async #deliver(zaak: DueZaak, { row, digest }: ReadZaak): Promise<void> {
    const refuse = (code: string, faults: ColumnFault[]): void => {
      this.#store.refused(zaak, code, distinct(faults), digest, Date.now());
    };
    const { compiled } = this.#connection;
    const key = keyOf(compiled, row);
    const { draft, faults } = readCase(compiled, [row]);
    if (key.faults !== undefined || faults !== undefined) {
      return refuse('refused', [...(key.faults ?? []), ...(faults ?? [])]);
    }
    const { organisation, source } = this.#connection.mapping;
    const { caseId, revision } = key;
    if (this.#store.isTaken(organisation, caseId, zaak.uuid)) return refuse('case-taken', []);
    const { type, data } = draft;
    const one = { organisation, source, caseId, type, data, ...(revision !== undefined && { revision }) };
    const former = isSameCase(zaak.identity, one) ? undefined : zaak.identity;
    const keep = (identity: CaseIdentity): void => {
      this.#store.done(zaak, { digest, identity }, Date.now());
    };
    const outcome = await this.#send(zaak, one, ({ event }) => {
      if (former === undefined) keep(identityOf(event));
    });
    if (outcome.status === 'refused') {
      const columnOf = (pointer: string): string => draft.originOf(pointer)?.column ?? pointer;
      refuse(
        'refused',
        outcome.faults.map(({ pointer, code }) => ({ column: columnOf(pointer), code })),
      );
    } else if (former !== undefined) {
      // The zaak has another number now: the case under its former one is no case any more.
      await this.#send(zaak, withdrawalOf(former), () => keep(identityOf(outcome.event)));
    }
  }

  /** Delivers one case. `keep` is called in the transaction that keeps it, unless it is refused. */
  async #send(zaak: DueZaak, one: CaseToDeliver, keep: (sent: Sent) => void): Promise<Outcome> {
    const now = new Date();
    const context = { ...this.#delivery, today: civilDateAt(now), dryRun: false };
    const moment = this.#store.nextMoment(zaak.uuid, now.getTime());
    const [outcome] = await deliverCases({ ...context, moment }, [one], ([sent]) => {
      if (sent === undefined || sent.status === 'refused') return;
      this.#store.count(countOf(one, sent));
      keep(sent);
    });
    if (outcome === undefined) throw new Error('a delivery of one case has no outcome');
    return outcome;
  }
}

type Sent = Exclude<Outcome, { status: 'refused' }>;

function countOf({ type }: CaseToDeliver, { status }: Sent): 'accepted' | 'unchanged' | 'withdrawn' {
  return type === CASE_TYPES.withdrawn && status === 'accepted' ? 'withdrawn' : status;
}

function identityOf({ source, data }: CaseEvent): CaseIdentity {
  const { municipality, organisation, programme, caseId } = data;
  return { municipality, organisation, programme, source, caseId };
}

function isSameCase(identity: CaseIdentity | undefined, one: CaseToDeliver): boolean {
  if (identity === undefined) return true;
  return identity.organisation === one.organisation && identity.caseId === one.caseId;
}

function withdrawalOf({
  municipality,
  organisation,
  programme,
  source,
  caseId,
}: CaseIdentity): CaseToDeliver {
  const data = { municipality, programme, reason: 'error' };
  return { organisation, source, caseId, type: CASE_TYPES.withdrawn, data };
}

/** Each column and fault once, in a fixed order: zaken with the same faults are counted together. */
function distinct(faults: readonly ColumnFault[]): ColumnFault[] {
  const found = new Map(faults.map(({ column, code }) => [`${column}\n${code}`, { column, code }]));
  return [...found.entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .slice(0, MOST_FAULTS)
    .map(([, fault]) => fault);
}
