import { defineCollector, type Sample } from '../collector.ts';
import { casesToDate, type Handled } from '../to-date.ts';

function samples({ registered, assessed, represented, cost: _, ...labels }: Handled): Sample[] {
  return Object.entries({ registered, assessed, represented }).map(([state, count]) => ({
    labels: { ...labels, state },
    value: Number(count),
  }));
}

/** How many cases the figures of the year so far rest on. */
export const cases = defineCollector({
  subject: 'cases',
  gauges: {
    effectstroom_cases: {
      help:
        'Cases dated from 1 January up to today (period ytd) or up to the same day of last year ' +
        '(ytd_previous_year). State registered: registered or assessed; assessed: with an assessment; ' +
        'represented: similar cases that the assessed ones stand for. States overlap, so never add them' +
        ' up. 0 where only the other period has cases. Source: running totals and ledger.',
      labels: ['municipality', 'organisation', 'programme', 'theme', 'period', 'state'],
    },
  },
  async read(scope) {
    return { effectstroom_cases: (await casesToDate(scope)).flatMap(samples) };
  },
});
