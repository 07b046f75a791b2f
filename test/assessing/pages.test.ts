/** Assessing in a real browser: a worker with a phone or only a keyboard, and a team leader. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type OpenedPage, openPage, signIn } from '../people/open-page.ts';
import { axeFaults } from '../web/axe.ts';
import { type AssessingWorld, eventOf, startAssessingWorld } from './assessing-world.ts';

const SCREENS = join(import.meta.dirname, '..', '..', 'test-results', 'screens');
const LINE = {
  ...{ service: 'begeleiding', quantity: '26', likelihood: 'probable', contribution: 'certain' },
} as const;
const LIST = '/beoordelen?gemeente=GM0394&organisatie=meerwaarde&jaar=2024';

let world: AssessingWorld;
let phone: OpenedPage;

beforeAll(async () => {
  mkdirSync(SCREENS, { recursive: true });
  world = await startAssessingWorld();
  await world.stack.send([
    eventOf('first', { date: '2024-03-20', workType: 'maatschappelijk-werk', team: 'noord' }),
    eventOf('second', { date: '2024-03-19' }),
    eventOf('former', { date: '2024-03-18', avoided: [{ ...LINE }], similarCases: 3 }),
    eventOf('former', { date: '2024-03-18', revision: 2 }),
    eventOf('plain', { date: '2024-03-10' }),
    eventOf('changing', { date: '2024-03-09' }),
  ]);
  await world.stack.settled();
  phone = await openPage(world.stack.portal + LIST, { key: world.keys.worker, width: 360, height: 780 });
});
afterAll(async () => {
  await phone?.end();
  await world?.end();
});

/** Axe finds nothing, in both languages, by day and by night, and nothing is wider than the screen. */
async function expectSound(page: Page, name: string): Promise<void> {
  const url = new URL(page.url());
  for (const [language, colorScheme] of [['nl', 'light'] as const, ['en', 'dark'] as const]) {
    url.searchParams.set('taal', language);
    await page.emulateMedia({ colorScheme });
    await page.goto(url.href);
    expect(await axeFaults(page), `${name} ${language} ${colorScheme}`).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth'), name).toBeLessThanOrEqual(360);
  }
  url.searchParams.set('taal', 'nl');
  await page.emulateMedia({ colorScheme: 'light' });
  await page.goto(url.href);
  await page.screenshot({ path: join(SCREENS, `beoordelen-${name}-telefoon.png`), fullPage: true });
}

/** Presses keys one after the other, as somebody does who knows the form. @returns how many */
async function press(page: Page, keys: readonly string[]): Promise<number> {
  for (const key of keys) await page.keyboard.press(key);
  return keys.length;
}

const total = (page: Page) => page.locator('#besparing-totaal');
const savings = async (): Promise<string> => {
  await world.stack.settled();
  const query = 'organisation=meerwaarde&from=2024-01-01&to=2024-12-31';
  const answer = (await world.stack.ask(`/v1/savings?${query}`)) as {
    total: { corrected: { total: string } };
  };
  return answer.total.corrected.total;
};

describe('a worker', () => {
  it('sees the work list, on a phone, in both languages, by day and by night', async () => {
    const { page } = phone;
    expect(await page.locator('.case-link').allTextContents()).toEqual([
      ...['first', 'second', 'former', 'plain', 'changing'],
    ]);
    await expectSound(page, 'werklijst');
    await page.getByRole('link', { name: 'Begin met de eerste' }).click();
    await page.waitForURL(/\/beoordelen\/meerwaarde\/first/);
    await expectSound(page, 'formulier');
  });

  it('assesses with the keyboard in few keys, and sees the saving with its sum at once', async () => {
    const { page } = phone;
    let keys = await press(page, [...'begel', 'Tab', ...'26', 'Tab', 'ArrowDown', 'Tab', 'Space']);
    // 26 × 64 × 0,7 × 0,9
    await total(page).getByText('1.048,32').waitFor();
    expect(await page.locator('#dienst-0').inputValue()).toBe('Begeleiding individueel – € 64,00 per uur');
    await page.locator('summary', { hasText: 'Hoe dit is berekend' }).click();
    expect(await page.locator('#besparing-uitleg li').textContent()).toContain(
      '26 × € 64,00 × 70% kans × 100% eigen bijdrage = € 1.164,80 per casus',
    );
    await page.screenshot({ path: join(SCREENS, 'beoordelen-besparing-telefoon.png') });
    expect(await axeFaults(page)).toEqual([]);
    await page.locator('#bijdrage-0 input').first().focus();
    keys += await press(page, ['Enter']);
    expect(keys).toBeLessThanOrEqual(13);
    await page.waitForURL(/\/beoordelen\/meerwaarde\/second/);
    expect(await page.locator('[role=status]').first().textContent()).toContain('Casus first is opgeslagen');
    expect(await savings()).toBe('1048.32');
    expect(phone.complaints).toEqual([]);
  });

  it('is told in Dutch what is wrong, at the field, and keeps what was filled in', async () => {
    const { page } = phone;
    await page.locator('#dienst-0').fill('e');
    await page.locator('#aantal-0').fill('veel');
    await page.locator('#soortgelijk').fill('0');
    await page.getByRole('button', { name: 'Nog een dienst' }).click();
    await page.locator('#dienst-1').fill('opvang');
    await page.getByRole('button', { name: 'Opslaan en volgende' }).click();
    const fault = (field: string) => page.locator(`[id="${field}-fout"]`).textContent();
    expect(await fault('dienst-0')).toBe('Kies een dienst uit de lijst');
    expect(await page.getByText('Bedoelt u een van deze?').isVisible()).toBe(true);
    expect(await fault('kans-1')).toBe('Kies hoe groot de kans was');
    expect(await page.locator('#dienst-1').inputValue()).toBe(
      'Maatschappelijke opvang – € 131,25 per etmaal',
    );
    expect(await axeFaults(page)).toEqual([]);
    await page.screenshot({ path: join(SCREENS, 'beoordelen-fouten-telefoon.png'), fullPage: true });
    await page.getByRole('button', { name: /^Haal weg.*Dienst 1/ }).click();
    await page.locator('#kans-0 input').first().check();
    await page.locator('#bijdrage-0 input').first().check();
    await page.locator('#aantal-0').fill('veel');
    await page.getByRole('button', { name: 'Opslaan en volgende' }).click();
    expect(await fault('aantal-0')).toBe('Vul een aantal in, zoals 26 of 2,5');
    expect(await fault('soortgelijk')).toContain('van 1 tot en met 100.000');
    await page.locator('#aantal-0').fill('1.000');
    await page.locator('#soortgelijk').fill('2');
    await page.locator('#keer-0 input').nth(1).check();
    await page.locator('#gezondheid').selectOption({ label: 'Meedoen' });
    // 1000 × 131,25 × 3 jaar × 2 × 0,9
    await total(page).getByText('708.750,00').waitFor();
    await page.getByRole('button', { name: 'Opslaan en volgende' }).click();
    await page.waitForURL(/\/beoordelen\/meerwaarde\/former/);
    expect(await savings()).toBe('709798.32');
  });

  it('takes over a former assessment', async () => {
    const { page } = phone;
    await page.getByRole('link', { name: 'Neem de vorige beoordeling over' }).click();
    expect(await page.locator('#soortgelijk').inputValue()).toBe('3');
    expect(await page.locator('#kans-0 input').nth(1).isChecked()).toBe(true);
    await total(page).getByText('3.144,96').waitFor();
    await page.getByRole('button', { name: 'Opslaan en volgende' }).click();
    await page.waitForURL(/\/beoordelen\/meerwaarde\/plain/);
  });

  it('is told that a case changed meanwhile', async () => {
    const { page } = phone;
    await page.goto(`${world.stack.portal}/beoordelen/meerwaarde/changing`);
    await page.locator('#dienst-0').fill('huisarts');
    await page.locator('#kans-0 input').first().check();
    await page.locator('#bijdrage-0 input').first().check();
    await world.stack.send([
      eventOf('changing', { revision: 7, date: '2024-03-09', theme: '1', goal: '1.1' }),
    ]);
    await world.stack.settled();
    await page.getByRole('button', { name: 'Opslaan en volgende' }).click();
    await page.getByText('Deze casus is intussen veranderd').waitFor();
    expect(await page.locator('.facts').textContent()).toContain('Buren kennen elkaar');
    expect(await page.getByText('heeft nu geen beoordeling').isVisible()).toBe(true);
    // Neither another click nor another line makes it forget.
    await page.getByRole('button', { name: 'Nog een dienst' }).click();
    await page.getByRole('button', { name: /^Haal weg.*Dienst 2/ }).click();
    await page.getByRole('button', { name: 'Opslaan en volgende' }).click();
    await page.getByRole('button', { name: 'Toch opslaan' }).waitFor();
    const others = { revision: 7, avoided: [{ ...LINE, quantity: '3' }] };
    const path = '/v1/assessments/meerwaarde/changing';
    expect((await world.ask('POST', path, world.keys.worker, others)).status).toBe(202);
    await world.stack.settled();
    await page.getByRole('button', { name: 'Toch opslaan' }).click();
    await page.getByText('3 × Begeleiding individueel, kans waarschijnlijk').waitFor();
    expect(await axeFaults(page)).toEqual([]);
    await page.screenshot({ path: join(SCREENS, 'beoordelen-veranderd-telefoon.png'), fullPage: true });
    expect(await world.stack.ask(path)).toMatchObject({ revision: 8 });
    await page.getByRole('button', { name: 'Toch opslaan' }).click();
    await page.waitForURL(/\/beoordelen\/meerwaarde\/plain/);
    await world.stack.settled();
    expect(await world.stack.ask(path)).toMatchObject({
      ...{ revision: 9, current: { avoided: [{ service: 'huisarts' }] } },
    });
  });

  it('keeps what was filled in where the case is withdrawn meanwhile', async () => {
    const { page } = phone;
    await world.stack.send([eventOf('going')]);
    await world.stack.settled();
    await page.goto(`${world.stack.portal}/beoordelen/meerwaarde/going?opgeslagen=klik+snel+hier`);
    expect(await page.getByText('klik snel hier').count()).toBe(0);
    await page.locator('#dienst-0').fill('huisarts');
    await page.locator('#kans-0 input').first().check();
    await world.stack.send([eventOf('going', { revision: 2, reason: 'error' })]);
    await world.stack.settled();
    await page.getByRole('button', { name: 'Opslaan en volgende' }).click();
    await page.getByText('kan nu niet worden beoordeeld').waitFor();
    expect(await page.getByText(/^huisarts|Consult huisarts/).isVisible()).toBe(true);
    expect(await axeFaults(page)).toEqual([]);
    await world.stack.send([eventOf('going', { revision: 3 })]);
    await world.stack.settled();
    await page.getByRole('button', { name: 'Probeer het opnieuw' }).click();
    expect(await page.locator('#dienst-0').inputValue()).toContain('Consult huisarts');
    expect(await page.locator('#kans-0 input').first().isChecked()).toBe(true);
    await world.stack.send([eventOf('going', { revision: 4, reason: 'error' })]);
    await world.stack.settled();
  });

  it('can do it all without scripts', async () => {
    const { page, end } = await openPage(`${world.stack.portal}/beoordelen/meerwaarde/plain`, {
      ...{ key: world.keys.worker, isPlain: true },
    });
    try {
      await page.locator('#dienst-0').fill('dagbesteding');
      await page.locator('#aantal-0').fill('2,5');
      await page.locator('#kans-0 input').first().check();
      await page.locator('#bijdrage-0 input').first().check();
      await page.getByRole('button', { name: 'Bereken de besparing' }).click();
      // 2,5 × 71,50 × 0,9 = 160,875
      expect(await total(page).textContent()).toContain('160,88');
      await page.locator('#aantal-0').press('Enter');
      await page.getByText('Casus plain is opgeslagen').waitFor();
    } finally {
      await end();
    }
  });
});

describe('a team leader', () => {
  it('looks at assessments and returns one, which comes back on the work list', async () => {
    const { page } = phone;
    const origin = world.stack.portal;
    await world.stack.settled();
    await page.context().clearCookies();
    await signIn(page, origin, world.keys.leader);
    await page.goto(`${origin}/beoordelen/nakijken?jaar=2024`);
    expect(await page.locator('.case-card').count()).toBe(5);
    await expectSound(page, 'nakijken');
    const card = page.locator('.case-card', { hasText: 'first' });
    expect(await card.textContent()).toContain('26 × Begeleiding individueel, kans waarschijnlijk');
    await card.locator('summary').click();
    await card.getByRole('button', { name: 'Stuur terug' }).click();
    await page.getByText('Kies bij het terugsturen ten minste één opmerking').waitFor();
    await card.locator('summary').click();
    await card.getByLabel('Het aantal lijkt te hoog').check();
    expect(await axeFaults(page)).toEqual([]);
    await card.getByRole('button', { name: 'Stuur terug' }).click();
    await page.getByText('Uw oordeel is opgeslagen').waitFor();
    await page
      .locator('.case-card', { hasText: 'second' })
      .getByRole('button', { name: /^Akkoord/ })
      .click();
    await page.getByText('Uw oordeel is opgeslagen').waitFor();
    expect(await page.locator('.case-card').count()).toBe(3);
  });

  it('is answered by the worker with a better assessment', async () => {
    const { page } = phone;
    await page.context().clearCookies();
    await signIn(page, world.stack.portal, world.keys.worker);
    await page.goto(world.stack.portal + LIST);
    expect(await page.locator('.case-card').first().textContent()).toContain('Het aantal lijkt te hoog');
    await page.getByRole('link', { name: 'first' }).click();
    await page.getByText('Uw teamleider stuurde deze beoordeling terug').waitFor();
    await page.screenshot({ path: join(SCREENS, 'beoordelen-terug-telefoon.png') });
    await page.locator('#aantal-0').fill('10');
    await total(page).getByText('403,20').waitFor();
    await page.getByRole('button', { name: 'Opslaan en volgende' }).click();
    await page.getByText('Casus first is opgeslagen').waitFor();
    await world.stack.settled();
    await page.goto(world.stack.portal + LIST);
    expect(await page.getByText('Er is niets te beoordelen').isVisible()).toBe(true);
  });

  it('is somebody with that right: others do not even see the page', async () => {
    const { page } = phone;
    expect(await page.getByRole('link', { name: 'Nakijken' }).count()).toBe(0);
    await page.context().clearCookies();
    await signIn(page, world.stack.portal, world.keys.reader);
    expect(await page.getByRole('link', { name: 'Beoordelen' }).count()).toBe(0);
    expect((await page.goto(world.stack.portal + LIST))?.status()).toBe(403);
  });
});
