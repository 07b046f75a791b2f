/** What the study of Haarlemmermeer 2021 published, as a report shows it. */
import { scenarioText } from '../scenarios/load-scenario.ts';
import { plain } from './plain-text.ts';

const source = JSON.parse(scenarioText('haarlemmermeer-2021', 'source.json')) as {
  savingsEuros: Record<'oneOff' | 'yearlyRecurring', { gross: number; corrected: number }> & {
    totalEffect: number;
  };
  costBearers: { name: string; euros: number; percent: number }[];
  goals: { goal: string; name: string; sampleCases: number; casesPerYear: number }[];
};
const euros = new Intl.NumberFormat('nl-NL', {
  style: 'currency',
  currency: 'EUR',
  maximumFractionDigits: 0,
});

/** What the study published, as the report must show it. */
export function published(): string[] {
  const { oneOff, yearlyRecurring, totalEffect } = source.savingsEuros;
  const money = [
    oneOff.gross,
    oneOff.corrected,
    yearlyRecurring.gross,
    yearlyRecurring.corrected,
    totalEffect,
  ];
  return [
    ...[...money, 5_884_091].map((amount) => plain(euros.format(amount))),
    ...source.costBearers.map(({ name, euros: amount, percent }) =>
      plain(`${name} EUROS ${percent}%`).replace('EUROS', plain(euros.format(amount))),
    ),
    ...source.goals.map(({ name, sampleCases, casesPerYear }) =>
      plain(`${name} ${sampleCases} ${casesPerYear}`),
    ),
    ...['317%', '331', '2.467', '0,90', '32% van de casussen gaat over kinderen, ouders en jeugd', '75%'],
    ...['Kwaliteit van leven', 'Zonder huisvesting'],
  ];
}

/** Between name and amount stands whether the bearer is municipal. */
export function withoutMarks(text: string): string {
  return text.replace(/ (?:ja|nee) €/g, ' €');
}
