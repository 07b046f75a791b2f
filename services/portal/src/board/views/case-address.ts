/** Where the page of one case is. */
export function caseAddress(organisation: string, caseId: string): string {
  return `/casus/${organisation}/${encodeURIComponent(caseId)}`;
}
