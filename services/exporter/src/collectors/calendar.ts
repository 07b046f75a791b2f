import { defineCollector, single } from '../collector.ts';

/** Where in the year the figures stand. */
export const calendar = defineCollector({
  subject: 'calendar',
  gauges: {
    effectstroom_year_elapsed_ratio: {
      help:
        "Days of this year up to and including today, Europe/Amsterdam, divided by all the year's days. " +
        'Source: clock of the exporter.',
      labels: [],
    },
  },
  async read({ periods: [{ days, daysInYear }] }) {
    return { effectstroom_year_elapsed_ratio: single(days / daysInYear) };
  },
});
