import type { Dashboard } from '@grafana/grafana-foundation-sdk/dashboard';
import { CHANGES, DIFFERENCE } from '../basis.ts';
import { board } from '../board.ts';
import { bars } from '../panels/bars.ts';
import { overTime } from '../panels/lines.ts';
import { columnsOf, table, textColumn } from '../panels/table.ts';
import { tile } from '../panels/tile.ts';
import { points, rows } from '../queries.ts';
import { CHANGED } from '../sql/changed.ts';
import { AFTER, BEFORE, COMPARISON } from '../sql/compared-periods.ts';
import { EXPLAINED } from '../sql/explained-parts.ts';
import { COUNT, EUROS, SHARE, TEXT } from '../units.ts';
import { otherYear, partOfYear, usualChoices } from '../variables.ts';

const INTRODUCTION =
  '**Waarom is het anders dan vorig jaar?**\n\n' +
  'Twee jaren naast elkaar, hetzelfde deel van beide. Het verschil is verdeeld in stappen die precies ' +
  'optellen: eerst hoeveel casussen, dan welke, dan wat een casus waard is, en als laatste prijzen en ' +
  'correctiefactor.';

const OF_TOTAL = `FROM ${COMPARISON} WHERE theme IS NULL`;
const DAY = `'DD-MM-YYYY'`;

function summary() {
  const before = `sum(corrected) FILTER (WHERE part = 'before')`;
  const after = `sum(corrected) FILTER (WHERE part = 'after')`;
  return [
    tile(
      {
        title: 'Vergeleken',
        says: 'De twee perioden, met de eerste en de laatste dag.',
        basis: DIFFERENCE,
      },
      rows(
        `SELECT to_char(${BEFORE.first}, ${DAY}) || ' t/m ' || to_char(${BEFORE.last}, ${DAY}) AS "Eerst",
           to_char(${AFTER.first}, ${DAY}) || ' t/m ' || to_char(${AFTER.last}, ${DAY}) AS "Daarna"`,
        1,
      ),
      { unit: TEXT, span: 12 },
    ),
    tile(
      {
        title: 'Besparing',
        says: 'De besparing van de eerste periode, dat van de tweede, en het verschil: daarna min eerst.',
        basis: DIFFERENCE,
      },
      rows(
        `SELECT round(${before}, 2) AS "Eerst", round(${after}, 2) AS "Daarna",
           round(${after} - ${before}, 2) AS "Verschil"
         ${OF_TOTAL}`,
        1,
      ),
      { unit: EUROS, span: 12 },
    ),
  ];
}

function parts() {
  return [
    bars(
      {
        title: 'Van eerst naar daarna',
        says: 'Eerst, de stappen van het verschil, en daarna. De stappen tellen precies op tot het verschil.',
        basis: DIFFERENCE,
      },
      rows(`SELECT label AS "Onderdeel", round(corrected, 2) AS "Besparing" ${OF_TOTAL} ORDER BY position`),
      { unit: EUROS, names: 'Onderdeel', span: 12 },
    ),
    table(
      {
        title: 'Het verschil uitgelegd',
        says: 'Elke stap met zijn bedrag, het deel voor de gemeente, en wat de stap betekent.',
        basis: DIFFERENCE,
      },
      rows(
        `SELECT parts.label AS "Onderdeel", round(parts.corrected, 2) AS "Besparing",
           round(parts.municipal, 2) AS "Voor de gemeente", parts.cases AS "Casussen",
           CASE sign(parts.corrected) WHEN 1 THEN told.adds WHEN -1 THEN told.takes END AS "Uitleg"
         FROM ${COMPARISON} AS parts
         LEFT JOIN ${EXPLAINED} ON told.part = parts.part
         WHERE parts.theme IS NULL
         ORDER BY parts.position`,
      ),
      {
        span: 12,
        columns: {
          Onderdeel: textColumn(190),
          ...columnsOf(EUROS, 'Besparing', 'Voor de gemeente'),
          ...columnsOf(COUNT, 'Casussen'),
          Uitleg: textColumn(),
        },
      },
    ),
  ];
}

function byTheme() {
  const of = (part: string, name: string) =>
    `round(sum(corrected) FILTER (WHERE part = '${part}'), 2) AS "${name}"`;
  return table(
    {
      title: 'Het verschil per thema',
      says:
        "Dezelfde stappen per thema. Aantal en samenstelling van de thema's hoeven niet op te tellen tot " +
        'die van het totaal: wat in het totaal samenstelling is, kan per thema aantal zijn.',
      basis: DIFFERENCE,
    },
    rows(
      `SELECT theme AS "Thema", ${of('before', 'Eerst')}, ${of('volume', 'Aantal')},
         ${of('mix', 'Samenstelling')}, ${of('value', 'Waarde')}, ${of('price', 'Prijs')},
         ${of('factor', 'Factor')}, ${of('after', 'Daarna')},
         round(sum(corrected) FILTER (WHERE part = 'after') / nullif(
           sum(corrected) FILTER (WHERE part = 'before'), 0) - 1, 4) AS "Verschil"
       FROM ${COMPARISON}
       WHERE theme IS NOT NULL GROUP BY theme ORDER BY theme`,
    ),
    {
      columns: {
        Thema: textColumn(),
        ...columnsOf(EUROS, 'Eerst', 'Aantal', 'Samenstelling', 'Waarde', 'Prijs', 'Factor', 'Daarna'),
        ...columnsOf(SHARE, 'Verschil'),
      },
    },
  );
}

function later() {
  return [
    overTime(
      {
        title: 'Wijzigingen per dag',
        says: 'Met hoeveel de cijfers op elke dag veranderden, en waardoor.',
        basis: CHANGES,
      },
      [
        points(
          `SELECT day AS time, label AS metric, round(sum(corrected), 2) AS value
           FROM ${CHANGED}
           GROUP BY day, label ORDER BY day, label`,
        ),
      ],
      { unit: EUROS, asBars: true },
    ),
    table(
      {
        title: 'Wijzigingen naar oorzaak',
        says: 'Wat er in de getoonde tijd bij kwam, af ging of veranderde, per jaar van de casus.',
        basis: CHANGES,
      },
      rows(
        `SELECT year AS "Jaar van de casus", label AS "Oorzaak", sum(cases) AS "Casussen erbij of eraf",
           round(sum(gross), 2) AS "Bruto", round(sum(corrected), 2) AS "Na correctie"
         FROM ${CHANGED}
         GROUP BY year, label ORDER BY year DESC, label`,
      ),
      {
        span: 12,
        columns: {
          'Jaar van de casus': { ...textColumn(150) },
          Oorzaak: textColumn(),
          ...columnsOf(COUNT, 'Casussen erbij of eraf'),
          ...columnsOf(EUROS, 'Bruto', 'Na correctie'),
        },
      },
    ),
  ];
}

/** Two periods, their difference in parts, and what became known lately. */
export function comparison(): Dashboard {
  return board({
    name: 'vergelijken',
    title: 'Periodevergelijking',
    introduction: INTRODUCTION,
    variables: [...usualChoices(), otherYear(), partOfYear()],
    time: { from: 'now-30d', refresh: '15m' },
    sections: [
      { title: 'Samenvatting', panels: summary() },
      { title: 'Het verschil uitgelegd', panels: parts() },
      { title: 'Per thema', panels: [byTheme()] },
      { title: 'Wat later bekend werd (in de tijd die bovenaan staat)', panels: later() },
    ],
  });
}
