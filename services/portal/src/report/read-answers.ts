/** Asks the portal's own API for everything that a report holds, with the rights of who asks. */
import type {
  ClosingAnswer,
  PriceList,
  Programme,
  PublicSavings,
  ReportTexts,
  Savings,
} from '@effectstroom/contracts';
import { ProblemError } from '@effectstroom/runtime';
import type { BoardApi } from '../board/api.ts';
import type { ReportQuestion } from './question.ts';
import { readClosingOf } from './read-closing.ts';
import { type Walk, walkDown } from './walk.ts';

/** An answer of `GET /v1/savings` to any reader. */
export type SavingsAnswer = Savings | PublicSavings;

/** The tables of a report, by what they group by. */
const GROUPINGS = {
  theme: 'theme',
  goal: 'theme,goal',
  costBearer: 'costBearer',
  workType: 'workType',
  supportType: 'supportType',
  targetGroup: 'targetGroup',
  wellbeing: 'wellbeing',
} as const;

/** One of the tables of a report. */
export type Grouping = keyof typeof GROUPINGS;

/** What the API answered, all of one state. */
export interface ReportAnswers {
  total: SavingsAnswer;
  tables: Readonly<Record<Grouping, SavingsAnswer>>;
  /** As known at the moment of the figures. */
  programme: Programme;
  priceList: PriceList | undefined;
  texts: ReportTexts | undefined;
  closing: { row: ClosingOf; after: ClosingAnswer['afterClosing'] } | undefined;
  walk: Walk;
  municipalityName: string;
}

/** What is known of a closing; the checksum only to who sees single cases. */
export interface ClosingOf {
  period: string;
  closedAt: string;
  note: string | null;
  checksums: { all: string } | null;
}

interface History<Body> {
  history: { knownAt: string; body: Body }[];
}

/** Times that everything is asked again where figures changed in between. */
const ATTEMPTS_MAX = 3;

/**
 * Everything of a report. Readers who see no single cases may not pin a moment of their own: their
 * answers are compared, and asked again where something came in between.
 * @throws ProblemError as the API answers; 409 where the period was not closed; 503 where figures keep
 * changing
 */
export async function readAnswers(api: BoardApi, question: ReportQuestion): Promise<ReportAnswers> {
  const closing = question.fromClosing ? await readClosingOf(api, question) : undefined;
  const asOf = closing?.row.closedAt ?? question.asOf;
  for (let attempt = 1; attempt <= ATTEMPTS_MAX; attempt++) {
    const figures = await readFigures(api, question, asOf);
    if (figures !== undefined)
      return { ...figures, ...(await readSettings(api, question, figures)), closing };
  }
  throw new ProblemError(
    503,
    'figures keep changing while the report is made: ask for it as of the start of this month, or ' +
      'try again later',
    { 'retry-after': '30' },
  );
}

type Figures = Pick<ReportAnswers, 'total' | 'tables' | 'walk'>;

/** Undefined where the answers are not of one state. */
async function readFigures(
  api: BoardApi,
  { municipality, organisation, programme, days }: ReportQuestion,
  asked: string | undefined,
): Promise<Figures | undefined> {
  const base = { municipality, organisation, programme, ...days };
  const total = await api.get<SavingsAnswer>('/v1/savings', { ...base, asOf: asked });
  const mayPin = !('suppressed' in total.basis);
  const asOf = asked ?? (mayPin ? (total.basis.asOf ?? undefined) : undefined);
  const query = { ...base, asOf };
  const answers: [Grouping, SavingsAnswer][] = [];
  for (const [name, groupBy] of Object.entries(GROUPINGS) as [Grouping, string][])
    answers.push([name, await api.get<SavingsAnswer>('/v1/savings', { ...query, groupBy })]);
  const walk = await walkDown(api, query);
  const isOne = answers.every(([, { total: other }]) => isSame(total.total, other)) && isWalked(walk, total);
  if (!isOne) return undefined;
  return { total, tables: Object.fromEntries(answers) as Record<Grouping, SavingsAnswer>, walk };
}

function isSame(one: SavingsAnswer['total'], other: SavingsAnswer['total']): boolean {
  const parts = ({ cases, gross, corrected }: SavingsAnswer['total']) =>
    JSON.stringify([cases, gross?.total, corrected?.total]);
  return parts(one) === parts(other);
}

/** Each hides what it may not tell; where both tell, they agree. */
function isWalked({ sum }: Walk, { total }: SavingsAnswer): boolean {
  return sum === null || total.corrected === null || sum === total.corrected.total;
}

async function readSettings(api: BoardApi, question: ReportQuestion, { total }: Figures) {
  const { municipality, organisation, programme: code } = question;
  const address = `${municipality}/${organisation}/${code}`;
  const asOf = total.basis.asOf;
  const programme = versionAt(await api.get<History<Programme>>(`/v1/programmes/${address}`), asOf);
  if (programme === undefined)
    throw new ProblemError(404, 'the programme was not known yet at that moment: ask for a later one');
  const list = programme.priceList;
  const prices =
    list === undefined
      ? undefined
      : await orNone(api.get<History<PriceList>>(`/v1/price-lists/${encodeURIComponent(list)}`));
  const texts = await orNone(api.get<History<ReportTexts>>(`/v1/report-texts/${address}`));
  return {
    programme,
    priceList: prices && versionAt(prices, asOf),
    texts: texts && versionAt(texts, asOf),
    municipalityName: await nameOf(api, municipality),
  };
}

/**
 * The version that was known at a moment; the newest where no moment is. Both as RFC 3339 in microseconds.
 */
function versionAt<Body>({ history }: History<Body>, asOf: string | null): Body | undefined {
  return history.find(({ knownAt }) => asOf === null || knownAt <= asOf)?.body;
}

async function nameOf(api: BoardApi, code: string): Promise<string> {
  const answer = await orNone(api.get<{ rows: { code: string; name: string }[] }>('/v1/municipalities'));
  return answer?.rows.find((row) => row.code === code)?.name ?? code;
}

async function orNone<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof ProblemError && error.status === 404) return undefined;
    throw error;
  }
}
