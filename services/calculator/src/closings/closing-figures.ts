/** The figures that a closing fixes, from sums of the ledger. Pure. */
import type { ClosingFigures, ExactFigures } from '@effectstroom/contracts';
import { addedUp, type ClosingRecord, type LedgerSum, type LedgerSumRow } from '@effectstroom/database';
import { CORRECTED_DECIMALS, formatDecimal, GROSS_DECIMALS } from '@effectstroom/valuation';

/** @param rows everything before the closing in the stream, of the cases of its period */
export function closingFigures(closing: ClosingRecord, rows: readonly LedgerSumRow[]): ClosingFigures {
  const { organisation, period, closedAt } = closing;
  return {
    ...{ organisation, period, closedAt },
    total: figures(addedUp(rows)),
    themes: sumsBy(rows, ({ theme }) => [theme])
      .filter(hasCases)
      .map(({ key: [theme = ''], sum }) => ({ theme, ...figures(sum) })),
    programmes: sumsBy(rows, ({ municipality, programme }) => [municipality, programme])
      .filter(hasCases)
      .map(({ key: [municipality = '', programme = ''], sum }) => ({
        ...{ municipality, programme },
        ...figures(sum),
      })),
    costBearers: sumsBy(rows, ({ costBearer }) => (costBearer === null ? undefined : [costBearer]))
      .filter(({ sum }) => sum.gross !== 0n)
      .map(({ key: [costBearer = ''], sum }) => ({ costBearer, ...amounts(sum) })),
  };
}

interface Keyed {
  key: string[];
  sum: LedgerSum;
}

function hasCases({ sum }: Keyed): boolean {
  return sum.registered !== 0n;
}

/** Sums by key, in order of the keys (by UTF-16 code units); rows without a key are left out. */
function sumsBy(rows: readonly LedgerSumRow[], keyOf: (row: LedgerSumRow) => string[] | undefined): Keyed[] {
  const groups = new Map<string, { key: string[]; rows: LedgerSumRow[] }>();
  for (const row of rows) {
    const key = keyOf(row);
    if (key === undefined) continue;
    const name = key.join('\n'); // sorts before every character of a code
    const group = groups.get(name);
    if (group === undefined) groups.set(name, { key, rows: [row] });
    else group.rows.push(row);
  }
  return [...groups]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([, group]) => ({ key: group.key, sum: addedUp(group.rows) }));
}

function figures(sum: LedgerSum): ExactFigures {
  const { registered, assessed, represented, cost } = sum;
  return {
    cases: {
      registered: Number(registered),
      assessed: Number(assessed),
      represented: Number(represented),
    },
    ...amounts(sum),
    cost: gross(cost),
  };
}

function amounts(sum: LedgerSum) {
  return {
    ...{ gross: gross(sum.gross), corrected: corrected(sum.corrected) },
    municipal: { gross: gross(sum.municipalGross), corrected: corrected(sum.municipalCorrected) },
  };
}

function gross(micros: bigint): string {
  return formatDecimal(micros, GROSS_DECIMALS, GROSS_DECIMALS);
}

function corrected(value: bigint): string {
  return formatDecimal(value, CORRECTED_DECIMALS, CORRECTED_DECIMALS);
}
