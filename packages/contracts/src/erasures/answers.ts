import { z } from 'zod';
import { amount, count, moment } from '../answers/amount.ts';
import { next, pageParameters } from '../answers/page.ts';
import { slug } from '../fields.ts';

/** The parameters of `GET /v1/erasures`. */
export const erasuresQuerySchema = z.strictObject({ organisation: slug.exactOptional(), ...pageParameters });

/** Address of a certificate. */
export const erasureAddressSchema = z.strictObject({ id: z.uuid({ error: 'must be a UUID' }) });

/** What ingest removed from its own folder. */
const removedHere = z
  .object({
    delivered: count.meta({ description: 'Rows that say what was sent of the case' }),
    reportRows: count.meta({ description: 'Rows of import reports from which its id was taken' }),
    vanished: count.meta({ description: 'Places in lists of vanished cases' }),
    zaken: count.meta({ description: 'Links to a zaak' }),
    importsEnded: count.meta({ description: 'Stopped imports of the organisation, which cannot go on' }),
  })
  .meta({ id: 'RemovedAtIngest' });

/** The answer of `POST /v1/erasures`. */
export const erasureAcceptedSchema = z
  .object({
    id: z.uuid(),
    organisation: z.string(),
    transportUntil: moment.meta({
      description: 'Until then messages of the case can be in the stream, which nobody outside reads',
    }),
    certificate: z.string().meta({ description: 'Path on the portal', example: '/v1/erasures/…' }),
    removed: removedHere,
  })
  .meta({ id: 'ErasureAccepted' });

const exact = z.object({
  gross: z.string().regex(/^-?\d+\.\d{6}$/),
  corrected: z.string().regex(/^-?\d+\.\d{10}$/),
});

const correction = z
  .object({
    cases: z.object({ registered: z.int(), assessed: z.int(), represented: z.int() }),
    gross: amount,
    corrected: amount,
    exact: exact.meta({ description: 'The same amounts, not rounded' }),
  })
  .meta({
    id: 'ErasureCorrection',
    description: 'What the erasure changes in the totals, as ledger entries with the part erasure',
  });

const removed = z
  .object({
    events: count.meta({ description: 'Recorded events with all they held' }),
    quarantined: count.meta({ description: 'Rows of quarantine with all they held' }),
    decisions: count.meta({ description: 'Decisions on quarantine that named an event of the case' }),
    unreadable: count.meta({ description: 'Messages that could not be read and named the case' }),
    residents: count.meta({ description: 'Ledger entries from which the hash of the resident was taken' }),
    later: count.meta({ description: 'Events of the case that came (again) since, and were dropped' }),
  })
  .meta({ id: 'ErasureRemoved' });

const kept = z
  .object({
    ledgerEntries: count.meta({
      description:
        'Amounts with the date and groups of the case, which name nobody: so that figures of the past stay what they were',
    }),
    closingLines: count.meta({
      description: 'Lines in bundles of closed periods, without any id: so that these can be recomputed',
    }),
  })
  .meta({ id: 'ErasureKept' });

/** The answer of `GET /v1/erasures/{id}`: the certificate. */
export const certificateSchema = z
  .object({
    id: z.uuid(),
    organisation: z.string(),
    request: z.string().nullable(),
    requestedAt: moment.meta({ description: 'When the erasure became known; figures change from then on' }),
    appliedAt: moment.nullable().meta({ description: 'Null while it is still to be done' }),
    found: z
      .boolean()
      .nullable()
      .meta({
        description:
          'False where nothing was recorded of the case: it was erased before, or the id is not a case’s. This erasure ' +
          'keeps nothing out then. Null while it is still to be done',
      }),
    removed: removed.nullable(),
    kept: kept.nullable(),
    transport: z.object({
      until: moment.meta({ description: 'Until then messages of the case can be in the stream' }),
      isOver: z.boolean(),
    }),
    correction: correction
      .nullable()
      .meta({ description: 'Null while it is still to be done, and for keys without the scope detail' }),
  })
  .meta({ id: 'ErasureCertificate' });

const row = z
  .object({
    id: z.uuid(),
    organisation: z.string(),
    request: z.string().nullable(),
    requestedAt: moment,
    appliedAt: moment.nullable(),
    transportUntil: moment,
  })
  .meta({ id: 'ErasureRow' });

/** The answer of `GET /v1/erasures`. */
export const erasuresSchema = z
  .object({ rows: z.array(row).meta({ description: 'Newest first' }), next })
  .meta({ id: 'Erasures' });

export type RemovedAtIngest = z.infer<typeof removedHere>;
export type ErasureAccepted = z.infer<typeof erasureAcceptedSchema>;
export type Certificate = z.infer<typeof certificateSchema>;
export type ErasureRow = z.infer<typeof row>;
