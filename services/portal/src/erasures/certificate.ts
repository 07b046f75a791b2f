/** The certificate of an erasure, from what is kept of it. */
import { type Certificate, civilDateAt, type ErasureRow as Row } from '@effectstroom/contracts';
import { type ErasureCorrection, type ErasureRow, isFound } from '@effectstroom/database';
import { correctedEuros, exactCorrected, exactGross, grossEuros } from '../euros.ts';

/**
 * @param showsCase whether the reader may see what a single case was worth: by itself, or as the difference
 *   between the figures just before and just after
 */
export function certificateOf(erasure: ErasureRow, showsCase: boolean): Certificate {
  const { removed, correction } = erasure;
  const { transportUntil, ...row } = erasureRowOf(erasure, showsCase);
  return {
    ...row,
    found: removed && isFound(removed),
    removed: removed && {
      events: removed.events,
      quarantined: removed.quarantined,
      decisions: removed.decisions,
      unreadable: removed.unreadable,
      residents: removed.residents,
      later: removed.later,
    },
    kept: removed && { ledgerEntries: removed.ledgerEntries, closingLines: removed.closingLines },
    transport: { until: transportUntil, isOver: erasure.isTransportOver },
    correction: correction && showsCase ? correctionOf(correction) : null,
  };
}

/** The row of a list of certificates. @param showsCase as of {@link certificateOf} */
export function erasureRowOf(erasure: ErasureRow, showsCase: boolean): Row {
  const { id, organisation, request, requestedAt, appliedAt, transportUntil } = erasure;
  const shown = showsCase ? (moment: string) => moment : dayOf;
  return {
    ...{ id, organisation, request, requestedAt: shown(requestedAt) },
    appliedAt: appliedAt === null ? null : shown(appliedAt),
    transportUntil: shown(transportUntil),
  };
}

/** The day of a moment in Amsterdam, written as a moment. */
function dayOf(moment: string): string {
  return `${civilDateAt(new Date(moment))}T00:00:00.000000Z`;
}

function correctionOf({ registered, assessed, represented, ...sums }: ErasureCorrection) {
  const [gross, corrected] = [BigInt(sums.gross), BigInt(sums.corrected)];
  return {
    cases: { registered, assessed, represented },
    gross: grossEuros(gross),
    corrected: correctedEuros(corrected),
    exact: { gross: exactGross(gross), corrected: exactCorrected(corrected) },
  };
}
