/** `effectstroom prices`: a price list from a file, and what it changes, told in Dutch. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ClientStack } from './client-stack.ts';

const stack = new ClientStack();
const HEADER = 'Dienst;Naam;Eenheid;Prijs;Kostenhouder\n';
const NAMED = ['--code', 'lijst', '--name', 'Onze prijzen', '--from', '2024-01-01'];

beforeAll(() => stack.start());
afterAll(() => stack.end());

function prices(text: string, ...args: string[]) {
  const file = stack.file('prijzen.csv', HEADER + text);
  return stack.runAs('local-admin', 'prices', file, ...NAMED, ...args);
}

it('shows a new list, takes it in, and finds it again', async () => {
  const text = 'jeugd;Jeugdhulp;uur;82,50;gemeente\nopname;Opname;dag;1.250,00;rijk\n';
  const tried = await prices(text, '--dry-run');
  expect([tried.code, tried.err]).toEqual([0, '']);
  expect(tried.out).toMatch(/^Onze prijzen: 2 prijzen in 1 editie\n/);
  expect(tried.out).toMatch(/opname +Opname +dag +1250,00/);
  expect(tried.out).toContain('er is niets opgenomen');
  const asked = await prices(text);
  expect([asked.code, asked.out]).toEqual([1, expect.stringContaining('kent nog geen prijslijst')]);
  const taken = await prices(text, '--yes');
  expect([taken.code, taken.out]).toEqual([0, expect.stringContaining('✔ Prijslijst lijst is opgenomen')]);
  expect((await prices(text)).out).toContain('Er verandert niets.');
});

it('shows what changes, and takes no price away without a yes', async () => {
  const text = 'jeugd;Jeugdhulp;uur;85,00;gemeente\n';
  const asked = await prices(text);
  expect([asked.code, asked.out]).toEqual([1, expect.stringContaining('Er verdwijnt 1 prijs')]);
  expect(asked.out).toMatch(/jeugd +Jeugdhulp +82,50 +85,00 +\+3,0%/);
  expect(asked.out).toMatch(/opname +Opname +1250,00 +vervalt/);
  expect((await prices(text, '--dry-run')).out).toContain('vervalt');
  expect((await prices(text, '--yes')).code).toBe(0);
  expect((await prices(text)).out).toContain('Er verandert niets.');
});

it('adds an edition beside those that are there, which only --replace takes away', async () => {
  const file = stack.file('later.csv', `Vanaf;${HEADER}1-1-2026;jeugd;Jeugdhulp;uur;90,00;gemeente\n`);
  const later = (...args: string[]) =>
    stack.runAs('local-admin', 'prices', file, '--code', 'lijst', '--name', 'Onze prijzen', ...args);
  const whole = await later('--replace');
  expect([whole.code, whole.out]).toEqual([1, expect.stringContaining('Er verdwijnt 1 prijs')]);
  const added = await later();
  expect([added.code, added.out]).toEqual([0, expect.stringContaining('2 prijzen in 2 edities')]);
  expect(added.out).toMatch(/Vanaf 2026-01-01 \(nieuw, naast die vanaf 2024-01-01\)/);
  expect((await later('--replace', '--yes')).code).toBe(0);
  expect((await later('--replace')).out).toContain('Er verandert niets.');
});

it('names every fault with its row and column', async () => {
  const refused = await prices('a;A;uur;veel;gemeente\n;B;uur;1,00;gemeente\n');
  expect(refused.code).toBe(1);
  expect(refused.err).toMatch(/rij 2, kolom Prijs: Anders geschreven dan gevraagd/);
  expect(refused.err).toMatch(/rij 3, kolom Dienst: Verplicht/);
});

it.each([
  [['prices', 'x.csv'], 2, /--code en een --name/],
  [['prices', 'x.pdf', ...NAMED], 1, /geen \.csv of \.xlsx/],
  [['prices', 'er-niet.csv', ...NAMED], 1, /dat bestaat niet/],
])('is told what is wrong with %j', async (args, code, says) => {
  const outcome = await stack.runAs('local-admin', ...args);
  expect([outcome.code, outcome.err]).toEqual([code, expect.stringMatching(says)]);
});
