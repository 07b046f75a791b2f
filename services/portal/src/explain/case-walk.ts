/** Down inside a case: its lines, and the years of a line. */
import type { ExplainStep } from '@effectstroom/contracts';
import { type Database, readCaseHistory } from '@effectstroom/database';
import { ProblemError } from '@effectstroom/runtime';
import type { Kysely } from 'kysely';
import { caseAnswer } from './case-answer.ts';
import { knownCase } from './case-in-force.ts';
import { type CaseSums, caseSums, type LineSum } from './case-sums.ts';
import { groupLabel, lineYearLabel, type Names, namesOf } from './labels.ts';
import { chosenBy, splitPath } from './levels.ts';
import { byNumber, type Part, pageOf } from './pages.ts';
import type { Below, Step, Walk } from './walk.ts';

/** The steps inside a case, and what lies under the last. Throws a problem, 404, where there is no such thing. */
export async function walkCase(db: Kysely<Database>, walk: Walk): Promise<Below> {
  const { query, moment, programmes } = walk;
  const { figure } = query;
  const { groups, inside } = splitPath(query.path);
  const [organisation = '', caseId = ''] = inside[0]?.value?.split('/') ?? [];
  const history = await readCaseHistory(db, organisation, caseId);
  const known = history === undefined ? undefined : knownCase(history, moment);
  if (known === undefined) throw new ProblemError(404, 'no event of this case has been recorded');
  const { filters, without } = chosenBy(query, groups);
  const sums = caseSums(known.inForce, { figure, question: { ...query.question, filters }, without });
  const programme = known.inForce?.programme;
  const names = namesOf(programme === undefined ? programmes : [programme], []);
  return {
    steps: inside.map((step) => stepOf(step, sums, inside, names)),
    page: pageBelow(walk, inside, sums, names),
    case: caseAnswer({ query, organisation, caseId, known, sums, names }),
  };
}

function stepOf({ level, value }: ExplainStep, sums: CaseSums, inside: ExplainStep[], names: Names): Step {
  if (level === 'case') return { level, value, label: `Casus ${value?.split('/')[1]}`, exact: sums.exact };
  const line = lineOf(sums, inside);
  if (level === 'line') return { level, value, label: lineLabel(line, names), exact: line.exact };
  const year = line.years.find((one) => one.year === Number(value));
  if (year === undefined) throw new ProblemError(404, 'the line has no such year');
  return { level, value, label: lineYearLabel(year.year), exact: year.exact };
}

function pageBelow({ query }: Walk, inside: ExplainStep[], sums: CaseSums, names: Names): Below['page'] {
  const last = inside.at(-1)?.level;
  if (last === 'lineYear' || query.figure === 'cost') return undefined;
  const parts =
    last === 'case'
      ? sums.lines.map(
          (line): Part => ({
            ...{ value: String(line.line.number), label: lineLabel(line, names), isOpen: true },
            exact: line.exact,
          }),
        )
      : lineOf(sums, inside).years.map(
          ({ year, exact }): Part => ({
            ...{ value: String(year), label: lineYearLabel(year), exact, isOpen: true },
          }),
        );
  return pageOf(
    parts.filter(({ exact }) => exact !== 0n),
    byNumber,
    query,
  );
}

function lineOf({ lines }: CaseSums, inside: readonly ExplainStep[]): LineSum {
  const number = Number(inside.find(({ level }) => level === 'line')?.value);
  const line = lines.find((one) => one.line.number === number);
  if (line === undefined) throw new ProblemError(404, 'the case has no such line');
  return line;
}

/** `Regel 2: begeleiding, Kostenhouder gemeente: Gemeente`. */
function lineLabel({ line }: LineSum, names: Names): string {
  const service = line.valued?.sent.service;
  const bearer = groupLabel('costBearer', line.costBearer, names);
  return `Regel ${line.number}: ${service === undefined ? bearer : `${service}, ${bearer}`}`;
}
