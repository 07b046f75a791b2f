/** What an assessment would save, worked out. Pure. */
import type { AssessmentPreview } from '@effectstroom/contracts';
import { formatDecimal, type LineContribution } from '@effectstroom/valuation';
import { correctedEuros, exactCorrected, exactGross, grossEuros } from '../euros.ts';
import { formulaOf } from '../explain/formula.ts';
import type { JudgedAssessment } from './judge-assessment.ts';

/** The answer of `POST /v1/assessments/preview`. */
export function previewOf({ data, valuation }: JudgedAssessment): AssessmentPreview {
  const { factor, lines } = valuation;
  const { similarCases } = data;
  const weigh = (some: readonly LineContribution[]): bigint =>
    some.reduce((sum, line) => sum + ofOneCase(line), 0n) * BigInt(similarCases);
  const corrected = (gross: bigint): bigint => gross * BigInt(factor);
  const gross = weigh(lines);
  return {
    lines: lines.map((line) => ({
      years: line.values.map(exactGross),
      gross: grossEuros(weigh([line])),
      corrected: correctedEuros(corrected(weigh([line]))),
      formula: formulaOf({ years: yearsOf(line) }, line, { similarCases, factor }),
    })),
    similarCases,
    factor: formatDecimal(BigInt(factor), 4, 4),
    oneOff: correctedEuros(corrected(weigh(lines.filter(({ recurrence }) => recurrence === 'one-off')))),
    yearly: correctedEuros(corrected(weigh(lines.filter(({ recurrence }) => recurrence === 'yearly')))),
    gross: grossEuros(gross),
    corrected: correctedEuros(corrected(gross)),
    exact: { gross: exactGross(gross), corrected: exactCorrected(corrected(gross)) },
  };
}

function ofOneCase({ values }: LineContribution): bigint {
  return values.reduce((sum, value) => sum + value, 0n);
}

function yearsOf({ values }: LineContribution) {
  return values.map((amount, year) => ({ year, amount, counts: true }));
}
