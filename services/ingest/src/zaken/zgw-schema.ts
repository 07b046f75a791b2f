import { hash } from 'node:crypto';
import { z } from 'zod';

/**
 * What is read of the answers of the ZGW APIs; whatever else they hold is dropped here. Descriptions and
 * explanations (free text), places, roles and people are not among it.
 */

const text = z.string().max(2000);
const optionalText = text.nullish().transform((value) => value ?? undefined);
const address = z.string().max(2000);
const optionalAddress = address.nullish().transform((value) => value || undefined);

/** A zaak of the Zaken API, alone or in a list. */
export const zaakSchema = z.object({
  url: address,
  identificatie: optionalText,
  bronorganisatie: optionalText,
  zaaktype: address,
  registratiedatum: optionalText,
  startdatum: text,
  einddatum: optionalText,
  status: optionalAddress,
  resultaat: optionalAddress,
  eigenschappen: z.array(address).max(1000).optional(),
  /** Of Open Zaak, beside the standard. */
  laatstGemuteerd: optionalText,
});

/** A zaak, as far as it is read. */
export type Zaak = z.infer<typeof zaakSchema>;

/** Equal for a zaak that did not change, whether it was fetched or listed. Says nothing of its properties. */
export function digestOf(zaak: Zaak): Uint8Array {
  return hash('sha256', JSON.stringify(zaak), 'buffer').subarray(0, 16);
}

/** Zaakeigenschappen of one zaak: a plain list, without pages. */
export const propertiesSchema = z.array(z.object({ naam: text, waarde: text })).max(1000);

/** A status, or a resultaat: only its type is read. */
export const statusSchema = z.object({ statustype: address });
export const resultaatSchema = z.object({ resultaattype: address });

/** A zaaktype, statustype or resultaattype of the Catalogi API. */
export const typeSchema = z.object({ identificatie: optionalText, omschrijving: text });

/** One page of a list. `next` only says whether there is more: the address in it is not used. */
export const pageSchema = z.object({
  next: z.string().nullable(),
  results: z.array(z.object({ url: address }).loose()).max(5000),
});
