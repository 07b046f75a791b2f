/** Guards against overclaiming. */
import { expect } from 'vitest';
import { compared } from '../../guards/ask-guard.ts';
import { euros, periodOf, ratio } from '../dutch.ts';
import type { Step } from '../story.ts';

interface Euros {
  corrected: string;
}

export const GUARDS: readonly Step[] = [
  {
    sentence: /^zijn dit mogelijke dubbele claims in "(.+)" over (.+):$/,
    play: async (story, [municipality = '', period = ''], table) => {
      await compared(story.pipeline);
      const { rows } = await story.ask<{
        rows: (Euros & {
          caseId: string;
          service: string;
          across: string;
          earlier: { caseId: string | null };
        })[];
      }>('/v1/guards/double-claims', { ...periodOf(period), municipality });
      const said = rows.map(({ caseId, service, corrected, earlier }) => ({
        ...{
          casus: caseId,
          dienst: service,
          bedrag: euros(corrected),
          'eerder geclaimd door': earlier.caseId ?? '',
        },
      }));
      expect(said).toEqual(table);
    },
  },
  {
    sentence: /^is het totaal in "(.+)" over (.+) (€ \S+), en (€ \S+) zonder mogelijke dubbele claims$/,
    play: async (story, [municipality = '', period = '', all = '', without = '']) => {
      await compared(story.pipeline);
      const answer = await story.ask<{ all: Euros; without: Euros }>('/v1/guards/double-claims', {
        ...periodOf(period),
        municipality,
      });
      expect([euros(answer.all.corrected), euros(answer.without.corrected)]).toEqual([all, without]);
    },
  },
  {
    sentence: /^zeggen de plafonds van "(.+)" over (\d{4}):$/,
    play: async (story, [organisation = '', year = ''], table) => {
      const { rows } = await story.ask<{
        rows: {
          service: string;
          claimed: { quantity: string | null; gross: string };
          share: string;
          over: boolean;
          above: { gross: string } | null;
        }[];
      }>('/v1/guards/ceilings', { year, organisation });
      const said = rows.map(({ service, claimed, share, over, above }) => ({
        dienst: service,
        geclaimd: euros(claimed.gross),
        'deel van het plafond': ratio(share),
        'boven het plafond': over ? euros(above?.gross ?? null) : 'nee',
      }));
      expect(said).toEqual(table);
    },
  },
  {
    sentence: /^zegt de navraag bij "(.+)" over (.+) per thema:$/,
    play: async (story, [organisation = '', period = ''], table) => {
      const { rows } = await story.ask<{
        rows: { theme: string; followed: number; realised: string; claimed: string }[];
      }>('/v1/guards/follow-up', { ...periodOf(period), organisation });
      const said = rows.map(({ theme, followed, realised, claimed }) => ({
        ...{
          thema: theme,
          nagegaan: String(followed),
          uitgekomen: ratio(realised),
          geclaimd: ratio(claimed),
        },
      }));
      expect(said).toEqual(table);
    },
  },
  {
    sentence: /^is de kans volgens de teams van "(.+)" over (.+):$/,
    play: async (story, [organisation = '', period = ''], table) => {
      const { rows } = await story.ask<{
        rows: { team: string; cases: number; likelihood: { mean: string; stands: boolean | null } }[];
      }>('/v1/guards/spread', { ...periodOf(period), organisation });
      const said = rows.map(({ team, cases, likelihood }) => ({
        ...{ team, casussen: String(cases), 'gemiddelde kans': ratio(likelihood.mean) },
        'valt op': likelihood.stands === true ? 'ja' : 'nee',
      }));
      expect(said).toEqual(table);
    },
  },
];
