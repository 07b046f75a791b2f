/** The path of a case under an address of the API. */
import { caseAddressSchema } from '@effectstroom/contracts';
import { ProblemError } from '@effectstroom/runtime';

/**
 * `organisation/caseId`, fit to stand in a path. Throws a problem, 404, where it cannot be a case: an id
 * of dots would lead to another address.
 */
export function casePath(organisation: unknown, caseId: unknown): string {
  const address = caseAddressSchema.safeParse({ organisation, caseId });
  if (!address.success || /^\.{1,2}$/.test(address.data.caseId))
    throw new ProblemError(404, 'there is no such case');
  return `${address.data.organisation}/${encodeURIComponent(address.data.caseId)}`;
}
