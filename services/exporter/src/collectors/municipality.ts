import { sql } from 'kysely';
import { defineCollector } from '../collector.ts';
import names from '../municipality-names.json' with { type: 'json' };

const nameOf = new Map<string, string>(Object.entries(names));

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
    const { rows } = await sql<{ code: string }>`
      SELECT municipality AS code FROM theme_group
      UNION SELECT body->>'municipality' FROM settings WHERE kind = 'programme'
      ORDER BY 1`.execute(tx);
    return {
      effectstroom_municipality_info: rows.map(({ code }) => ({
        labels: { municipality: code, name: nameOf.get(code) ?? code },
        value: 1,
      })),
    };
  },
});
