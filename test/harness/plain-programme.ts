/** One programme without anything special, and the prices of it. */
import type { SentPriceList, SentProgramme } from './sent.ts';

export const PLACE = { municipality: 'GM0394', organisation: 'meerwaarde', programme: 'main' } as const;
export const PRICES = 'kostenhandleiding';

export const PROGRAMME: SentProgramme = {
  name: 'Maatschappelijke opdracht',
  method: 'preventiecalculator',
  priceList: PRICES,
  correctionFactors: [{ from: '2019-01-01', factor: '0.90' }],
  themes: ['1', '2', '3'].map((code) => ({ code, name: `Thema ${code}`, goals: [] })),
  costBearers: [
    { code: 'gemeente', name: 'Gemeente', municipal: true },
    { code: 'zorgverzekeraar', name: 'Zorgverzekeraar', municipal: false },
  ],
};

const ITEM = { name: 'Begeleiding', unit: 'uur', price: '64.00', costBearer: 'gemeente' };
export const PRICE_LIST: SentPriceList = {
  name: 'Kostenhandleiding',
  editions: [{ from: '2019-01-01', items: [{ service: 'begeleiding', ...ITEM }] }],
};
