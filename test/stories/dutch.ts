/** What people write in a scenario, as the interfaces take it: dates, amounts and the words of the field. */

/** `1-3-2025` → `2025-03-01`. */
export function dateOf(text: string): string {
  const match = /^(\d{1,2})-(\d{1,2})-(\d{4})$/.exec(text.trim());
  if (match === null) throw new Error(`Geen datum: ${text}`);
  const [, day = '', month = '', year = ''] = match;
  return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
}

/** `€ 1.234,50` → `1234.50`; a whole amount gets its two decimals. */
export function amountOf(text: string): string {
  const plain = text
    .replaceAll(/[€\s.\u00a0]/g, '')
    .replace(',', '.')
    .replace('−', '-');
  return plain.includes('.') ? plain : `${plain}.00`;
}

/** `0,85` → `0.85`. */
export function decimalOf(text: string): string {
  return text.trim().replaceAll('.', '').replace(',', '.');
}

/** `1234.50` → `€ 1.234,50`. */
export function euros(amount: string | null): string {
  if (amount === null) return '–';
  const [whole = '', cents = '00'] = amount.replace('-', '').split('.');
  const sign = amount.startsWith('-') ? '-' : '';
  return `€ ${sign}${whole.replaceAll(/\B(?=(\d{3})+$)/g, '.')},${cents}`;
}

/** `2.3456` → `2,35`: a return as people read it, rounded half away from zero. */
export function ratio(quotient: string | null): string {
  if (quotient === null) return '–';
  const hundredths = Math.sign(Number(quotient)) * Math.round(Math.abs(Number(quotient)) * 100);
  return (hundredths / 100).toFixed(2).replace('.', ',');
}

/** The days that a period names: `2025`, `2025-Q1`, `maart 2025`, `1-1-2025 t/m 30-6-2025`. */
export function periodOf(text: string): { from: string; to: string } {
  const range = /^(\S+) t\/m (\S+)$/.exec(text);
  if (range !== null) return { from: dateOf(range[1] ?? ''), to: dateOf(range[2] ?? '') };
  if (/^\d{4}$/.test(text)) return { from: `${text}-01-01`, to: `${text}-12-31` };
  throw new Error(`Geen periode: ${text}`);
}

const WORDS: Record<string, string> = {
  zeker: 'certain',
  waarschijnlijk: 'probable',
  misschien: 'possible',
  eenmalig: 'one-off',
  jaarlijks: 'yearly',
  verzilverbaar: 'cash',
  capaciteit: 'capacity',
  'niet verzilverbaar': 'none',
  'weg gebleven': 'stayed-away',
  deels: 'partly',
  'toch gebruikt': 'used-anyway',
};

/** A word of the field as the interfaces say it; another text as it is. */
export function wordOf(text: string): string {
  return WORDS[text] ?? text;
}
