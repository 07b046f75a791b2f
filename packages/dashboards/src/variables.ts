/** What can be chosen above a dashboard; each list is held to what was chosen before it. */
import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import {
  CustomVariableBuilder,
  QueryVariableBuilder,
  type VariableModel,
  VariableRefresh,
  VariableSort,
} from '@grafana/grafana-foundation-sdk/dashboard';
import { DATABASE } from './data-sources.ts';
import { HERE, IN_MUNICIPALITY, IN_ORGANISATION, NO_WORK_TYPE, YEAR } from './sql/chosen.ts';

export type Variable = Builder<VariableModel>;

/** Most values to choose from. */
const CHOICES_MAX = 1_000;

function list(name: string, label: string, sql: string): QueryVariableBuilder {
  const query = `${sql.replace(/\s+/g, ' ').trim()} LIMIT ${CHOICES_MAX}`;
  return new QueryVariableBuilder(name)
    .label(label)
    .datasource(DATABASE)
    .query(query)
    .definition(query)
    .refresh(VariableRefresh.OnDashboardLoad)
    .sort(VariableSort.Disabled)
    .allowCustomValue(false);
}

/** Several may be chosen; all of them at first. */
function several(variable: QueryVariableBuilder): QueryVariableBuilder {
  return variable.multi(true).includeAll(true).current({ text: 'All', value: '$__all' });
}

/** The municipalities that have a programme. */
function municipalities(): QueryVariableBuilder {
  return list(
    'gemeente',
    'Gemeente',
    `SELECT name AS __text, code AS __value FROM reporting.municipalities
     WHERE code IN (SELECT municipality FROM reporting.programmes) ORDER BY 1`,
  );
}

/** One municipality: the first, unless a link says which. */
export function oneMunicipality(): Variable {
  return municipalities();
}

export function municipality(): Variable {
  return several(municipalities());
}

export function organisation(): Variable {
  return several(
    list(
      'organisatie',
      'Organisatie',
      `SELECT DISTINCT organisation AS __text, organisation AS __value FROM reporting.programmes
       WHERE ${IN_MUNICIPALITY} ORDER BY 1`,
    ),
  );
}

export function programme(): Variable {
  return several(
    list(
      'programma',
      'Programma',
      `SELECT DISTINCT programme AS __text, programme AS __value FROM reporting.programmes
       WHERE ${IN_MUNICIPALITY} AND ${IN_ORGANISATION} ORDER BY 1`,
    ),
  );
}

export function theme(): Variable {
  return several(
    list(
      'thema',
      'Thema',
      `SELECT theme || ' ' || min(name) AS __text, theme AS __value FROM reporting.themes
       WHERE ${HERE} GROUP BY theme ORDER BY theme`,
    ),
  );
}

export function workType(): Variable {
  return several(
    list(
      'werksoort',
      'Werksoort',
      `SELECT DISTINCT coalesce(work_type, 'zonder werksoort') AS __text,
         coalesce(work_type, '${NO_WORK_TYPE}') AS __value
       FROM (SELECT municipality, organisation, programme, work_type FROM reporting.cases_by_year
         UNION SELECT municipality, organisation, programme, work_type FROM reporting.budgets
           WHERE work_type IS NOT NULL) AS known
       WHERE ${HERE} ORDER BY 1`,
    ),
  );
}

/** The years that have cases, the newest first. */
export function year(): Variable {
  return list(
    'jaar',
    'Jaar',
    `SELECT DISTINCT year AS __text, year AS __value FROM reporting.cases_by_year ORDER BY 1 DESC`,
  );
}

/** The year to compare with: the one before, at first. */
export function otherYear(): Variable {
  return list(
    'met_jaar',
    'Vergelijk met',
    `SELECT year AS __text, year AS __value FROM (SELECT DISTINCT year FROM reporting.cases_by_year) AS known
     WHERE year <> ${YEAR} ORDER BY year > ${YEAR}, year DESC`,
  );
}

/** Which part of both years is compared. */
export function partOfYear(): Variable {
  const values = [
    ...['Tot en met vandaag : vandaag', 'Heel jaar : jaar', '1e kwartaal : k1', '2e kwartaal : k2'],
    ...['3e kwartaal : k3', '4e kwartaal : k4'],
  ];
  return new CustomVariableBuilder('deel')
    .label('Deel van het jaar')
    .values(values.join(', '))
    .current({ text: 'Tot en met vandaag', value: 'vandaag' })
    .allowCustomValue(false);
}

/** The choices of most dashboards. */
export function usualChoices(): Variable[] {
  return [municipality(), organisation(), programme(), year()];
}
