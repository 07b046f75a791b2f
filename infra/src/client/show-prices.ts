/** What a price list would change, as lines for a terminal. */
import type { EditionChanges, PriceListPreview } from '@effectstroom/contracts';
import { tableLines } from './table.ts';
import { printable } from './terminal.ts';
import { count } from './words.ts';

/** Prices of one edition that are shown. */
const SHOWN = 200;

const STATES: Readonly<Record<EditionChanges['state'], string>> = {
  added: 'nieuw',
  removed: 'vervalt',
  kept: 'gewijzigd',
};

/** What changes per edition, or the whole list where none is known to compare it with. */
export function previewLines({ list, ignored, changes }: PriceListPreview, width: number): string[] {
  const items = list.editions.reduce((sum, edition) => sum + edition.items.length, 0);
  const editions = count(list.editions.length, 'editie', 'edities');
  const lines = [`${printable(list.name)}: ${count(items, 'prijs', 'prijzen')} in ${editions}`];
  if (ignored.length > 0) lines.push(`Niet gelezen kolommen: ${ignored.map(printable).join(', ')}`);
  if (changes === null)
    return [...lines, '', 'Er is hier geen eerdere lijst met deze code bekend.', ...listLines(list, width)];
  if (changes.unchanged) return [...lines, '', 'Er verandert niets.'];
  if (changes.name) lines.push('De naam of toelichting verandert.');
  return [...lines, ...changes.editions.flatMap((edition) => editionLines(edition, width))];
}

function listLines({ editions }: PriceListPreview['list'], width: number): string[] {
  const header = ['Dienst', 'Naam', 'Eenheid', 'Prijs'];
  return editions.flatMap(({ from, items }) => {
    const rows = items.map(({ service, name, unit, price }) => [service, name, unit, dutch(String(price))]);
    return ['', `Vanaf ${from}`, ...limited(header, rows, width)];
  });
}

function editionLines(edition: EditionChanges, width: number): string[] {
  const { from, state, comparedWith } = edition;
  const beside = state === 'added' && comparedWith !== null ? `, naast die vanaf ${comparedWith}` : '';
  const rows = [
    ...edition.repriced.map(({ service, name, before, after, percent }) => [
      ...[service, name, dutch(before), dutch(after)],
      percent === null ? '' : `${percent.startsWith('-') ? '' : '+'}${dutch(percent)}%`,
    ]),
    ...edition.added.map(({ service, name, price }) => [service, name, '', dutch(price), 'nieuw']),
    ...edition.removed.map(({ service, name, price }) => [service, name, dutch(price), '', 'vervalt']),
    ...edition.altered.map(({ service, members }) => [service, '', '', '', `anders: ${members.join(', ')}`]),
  ];
  const header = ['Dienst', 'Naam', 'Was', 'Wordt', ''];
  return ['', `Vanaf ${from} (${STATES[state]}${beside})`, ...limited(header, rows, width)];
}

function limited(header: string[], rows: string[][], width: number): string[] {
  if (rows.length === 0) return ['  dezelfde prijzen'];
  const lines = tableLines(header, rows.slice(0, SHOWN), width);
  return rows.length > SHOWN ? [...lines, `… en nog ${rows.length - SHOWN}`] : lines;
}

function dutch(decimal: string): string {
  return decimal.replace('.', ',');
}
