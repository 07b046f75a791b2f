/** How settings are named and kept. */
import {
  type Closing,
  type Erasure,
  type ErasureRecord,
  partitionOf,
  type QuarantineDecision,
  SETTINGS_TYPES,
  type SettingsEvent,
} from '@effectstroom/contracts';
import type { SettingsVersion } from '@effectstroom/database';

/** Key of a programme, as in the path of its settings. */
export function programmeKey(of: { municipality: string; organisation: string; programme: string }): string {
  return `${of.municipality}/${of.organisation}/${of.programme}`;
}

/** Key of a decision on an event in quarantine. No slug or URI holds a space. */
export function decisionKey(
  of: Pick<QuarantineDecision, 'organisation' | 'source' | 'id' | 'target'>,
): string {
  return `${of.organisation} ${of.source} ${of.target} ${of.id}`;
}

/** Key of a closing, as in the path of its settings. */
function closingKey({ organisation, period }: Closing): string {
  return `${organisation}/${period}`;
}

/** What is kept of an erasure: nothing that names the case. */
function erasureRecord({ caseId, ...kept }: Erasure, partitions: number): ErasureRecord {
  return { ...kept, partition: partitionOf(kept.organisation, caseId, partitions) };
}

/** The version that a settings event makes in a stream of so many partitions. */
export function settingsVersion(number: bigint, event: SettingsEvent, partitions: number): SettingsVersion {
  switch (event.type) {
    case SETTINGS_TYPES.programme:
      return { number, kind: 'programme', key: programmeKey(event.data), body: event.data };
    case SETTINGS_TYPES.priceList:
      return { number, kind: 'price-list', key: event.data.code, body: event.data };
    case SETTINGS_TYPES.deliveries:
      return { number, kind: 'deliveries', key: event.data.organisation, body: event.data };
    case SETTINGS_TYPES.quarantine:
      return { number, kind: 'quarantine', key: decisionKey(event.data), body: event.data };
    case SETTINGS_TYPES.closing:
      return { number, kind: 'closing', key: closingKey(event.data), body: event.data };
    case SETTINGS_TYPES.report:
      return { number, kind: 'report', key: programmeKey(event.data), body: event.data };
    case SETTINGS_TYPES.erasure: {
      const body = erasureRecord(event.data, partitions);
      return { number, kind: 'erasure', key: body.organisation, body };
    }
  }
}
