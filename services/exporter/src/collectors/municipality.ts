import { sql } from 'kysely';
import { defineCollector } from '../collector.ts';

/** The names that belong to the codes; all other gauges have codes only. */
export const municipality = defineCollector({
  subject: 'municipality',
  gauges: {
    effectstroom_municipality_info: {
      help:
        'Always 1: names the municipalities that have cases or programmes, to be joined on their CBS ' +
        'code. A municipality that is not in the list of names has its code as name. Source: cases, ' +
        'settings, list of names.',
      labels: ['municipality', 'name'],
    },
  },
  async read({ tx }) {
    const { rows } = await sql<{ code: string; name: string }>`
      SELECT known.code, coalesce(municipality.name, known.code) AS name
      FROM (SELECT municipality AS code FROM newest_programme UNION SELECT municipality FROM theme_group) AS known
      LEFT JOIN municipality ON municipality.code = known.code
      ORDER BY known.code`.execute(tx);
    return {
      effectstroom_municipality_info: rows.map(({ code, name }) => ({
        labels: { municipality: code, name },
        value: 1,
      })),
    };
  },
});
