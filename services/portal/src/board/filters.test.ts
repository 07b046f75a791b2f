import { civilDateAt } from '@effectstroom/contracts';
import { expect, test } from 'vitest';
import { chosenIn, filtersOf, languageOf } from './filters.ts';

const TODAY = civilDateAt(new Date());
const THIS_YEAR = Number(TODAY.slice(0, 4));

test('an address chooses places and a year, and questions name them as the API does', () => {
  const chosen = chosenIn({ gemeente: 'GM0394', organisatie: 'meerwaarde', programma: 'main', jaar: '2021' });
  expect(filtersOf(chosen, THIS_YEAR, false)).toMatchObject({
    year: 2021,
    query: {
      ...{ municipality: 'GM0394', organisation: 'meerwaarde', programme: 'main' },
      ...{ from: '2021-01-01', to: '2021-12-31' },
    },
  });
});

test('the running year ends today, or with the month for who is given whole months', () => {
  const chosen = chosenIn({});
  expect(filtersOf(chosen, THIS_YEAR, false).to).toBe(TODAY);
  const { to } = filtersOf(chosen, THIS_YEAR, true);
  expect(to.slice(0, 7)).toBe(TODAY.slice(0, 7));
  expect(new Date(Date.parse(to) + 86_400_000).getUTCDate()).toBe(1);
});

test('what cannot be read is not chosen', () => {
  const garbage = {
    gemeente: 'Haarlem',
    organisatie: ['a', 'b'],
    programma: '<b>',
    jaar: '21',
    taal: 'de',
    x: '1',
  };
  const chosen = chosenIn(garbage);
  expect(chosen).toEqual({});
  expect(languageOf(chosen)).toBe('nl');
  expect(chosenIn(undefined)).toEqual({});
  expect(filtersOf(chosen, 2021, false).query).toEqual({ from: '2021-01-01', to: '2021-12-31' });
});

test('links keep the choice and the language', () => {
  const { href } = filtersOf(chosenIn({ gemeente: 'GM0394', taal: 'en' }), 2021, false);
  expect(href('/themas')).toBe('/themas?gemeente=GM0394&taal=en');
  expect(href('/uitleg', { gemeente: undefined, pad: 'a b&c' })).toBe('/uitleg?taal=en&pad=a+b%26c');
  expect(filtersOf({}, 2021, false).href('/')).toBe('/');
});
