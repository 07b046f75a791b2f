import { expect, it } from 'vitest';
import { checkReportTexts } from '../check-settings.ts';

const ADDRESS = { municipality: 'GM0394', organisation: 'meerwaarde', programme: 'main' };
const faultsOf = (body: unknown, address = ADDRESS) =>
  checkReportTexts(address, body).faults?.map(({ pointer, code }) => `${pointer} ${code}`) ?? [];

it.each([
  [{ themes: [] }],
  [{ introduction: 'Een.\n\nTwee: <b>&</b>', themes: [{ theme: '1', text: 'x'.repeat(4000) }] }],
])('takes %j', (body) => {
  expect(faultsOf(body)).toEqual([]);
});

it.each([
  [{}, ['/themes required']],
  [{ themes: [], more: 1 }, ['/more unknown-field']],
  [{ themes: [{ theme: '1', text: '' }] }, ['/themes/0/text format']],
  [{ themes: [{ theme: '1', text: 'x'.repeat(4001) }] }, ['/themes/0/text format']],
  [{ introduction: 'a\tb', themes: [] }, ['/introduction format']],
  [{ introduction: 'naam@voorbeeld.nl', themes: [] }, ['/introduction personal-data']],
])('of %j it names the faults', (body, faults) => {
  expect(faultsOf(body)).toEqual(faults);
});

it('names faults of the address at the root', () => {
  expect(faultsOf({ themes: [] }, { ...ADDRESS, programme: 'Niet Zo' })).toEqual([' format']);
});
