/** A closing as it is answered. Pure. */
import type { ClosingAnswer, ClosingChecksums, ClosingFigures, ClosingRow } from '@effectstroom/contracts';
import {
  addedUp,
  type ClosingRecord,
  daysOf,
  LEDGER_PARTS,
  type LedgerPart,
  type LedgerSumRow,
} from '@effectstroom/database';
import { countOf, movesOfAll, writtenMoves } from '../compare/part-moves.ts';
import { PART_LABELS } from '../part-labels.ts';
import { amountsOf, figuresOf, sumOf } from './figures.ts';

/** What the stream told of the cases of a closed period. */
export interface ClosingSums {
  /** Before the closing. */
  before: readonly LedgerSumRow[];
  /** After it. */
  after: readonly LedgerSumRow[];
  /** The moment of now: everything known up to it is in. */
  asOf: string | null;
}

/** The answer about one closing: what was reported, what came after it, and what is known now. */
export function closingAnswer(closing: ClosingRecord, { before, after, asOf }: ClosingSums): ClosingAnswer {
  const figures = closing.figures as ClosingFigures | null;
  const { organisation, period } = closing;
  return {
    ...{ organisation, period, ...daysOf(closing), ...stateOf(closing), asOf },
    reported: figures && reportedOf(figures),
    afterClosing: figures && afterOf(after),
    now: sumOf(addedUp([...before, ...after])),
  };
}

/**
 * One closing in the list.
 * @param isShown whether its figures are; `GET /v1/savings` with `asOf` = closedAt tells what may be seen of them
 */
export function closingRow(closing: ClosingRecord, isShown: boolean): ClosingRow {
  const { organisation, period } = closing;
  const total = (closing.figures as ClosingFigures | null)?.total;
  const reported = isShown && total ? figuresOf(total) : undefined;
  return {
    ...{ organisation, period, ...stateOf(closing) },
    ...(isShown ? {} : { checksums: null }),
    cases: reported?.cases.registered ?? null,
    gross: reported?.gross ?? null,
    corrected: reported?.corrected ?? null,
    municipal: reported?.municipal ?? null,
  };
}

function stateOf({ note, closedAt, sealedAt, checksums }: ClosingRecord) {
  return { note, closedAt, sealedAt, checksums: checksums as ClosingChecksums | null };
}

function reportedOf({ total, themes, programmes, costBearers }: ClosingFigures) {
  return {
    total: figuresOf(total),
    themes: themes.map(({ theme, ...figures }) => ({ theme, ...figuresOf(figures) })),
    programmes: programmes.map(({ municipality, programme, ...figures }) => ({
      ...{ municipality, programme },
      ...figuresOf(figures),
    })),
    costBearers: costBearers.map(({ costBearer, ...amounts }) => ({ costBearer, ...amountsOf(amounts) })),
  };
}

/** What came after, in the order of the parts; a part that moved nothing is left out. */
function afterOf(rows: readonly LedgerSumRow[]) {
  return {
    ...sumOf(addedUp(rows)),
    parts: LEDGER_PARTS.flatMap((part) =>
      movedPart(
        part,
        rows.filter((row) => row.part === part),
      ),
    ),
  };
}

type ClosingPart = NonNullable<ClosingAnswer['afterClosing']>['parts'][number];

/** One part, or none. */
function movedPart(part: LedgerPart, rows: readonly LedgerSumRow[]): ClosingPart[] {
  const causes = [...Map.groupBy(rows, ({ settings }) => settings).values()].map(addedUp);
  const moves = causes.map(({ starts, stops }) => ({ started: starts, stopped: stops }));
  const sum = addedUp(causes);
  const cases = movesOfAll(moves);
  // A newer program moves no amount; were it ever to, it must show.
  const isMoved = part === 'software' ? sum.gross !== 0n || sum.corrected !== 0n : countOf(cases) > 0n;
  const { cases: _, ...amounts } = sumOf(sum);
  return isMoved ? [{ part, label: PART_LABELS[part], cases: writtenMoves(cases), ...amounts }] : [];
}
