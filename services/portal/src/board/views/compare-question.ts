/** What the comparison page compares, from its own parameters in the address. */
import { civilDateAt, monthBefore, yearBefore } from '@effectstroom/contracts';
import { z } from 'zod';
import type { BoardContext } from '../page.ts';
import type { Sides } from './change-sentences.ts';
import { lastComparableDay } from './year-before.ts';

const date = z.iso.date().optional().catch(undefined);

const ownSchema = z.object({
  soort: z.enum(['jaar', 'perioden', 'momenten']).catch('jaar'),
  vanaf: date,
  tot: date,
  toenVanaf: date,
  toenTot: date,
  bekend: date,
  toenBekend: date,
});

/** Parameters of this page, besides the filters. */
export const COMPARE_PARAMETERS = ['soort', 'vanaf', 'tot', 'toenVanaf', 'toenTot', 'bekend', 'toenBekend'];

/** What was chosen; days that were not are filled in. */
export interface CompareChoice {
  soort: 'jaar' | 'perioden' | 'momenten';
  vanaf: string;
  tot: string;
  toenVanaf: string;
  toenTot: string;
  bekend: string;
  toenBekend: string;
}

export interface CompareQuestion {
  choice: CompareChoice;
  /** For `/v1/compare`; undefined where there is nothing to compare yet. */
  query: Record<string, string> | undefined;
  sides: Sides;
}

export function compareQuestion(context: BoardContext): CompareQuestion {
  const { request, filters, formats, language } = context;
  const given = ownSchema.parse(request.query);
  const today = civilDateAt(new Date());
  const until = lastComparableDay(context);
  const tot = given.tot ?? until ?? filters.to;
  const vanaf = given.vanaf ?? filters.from;
  const choice: CompareChoice = {
    ...{ soort: given.soort, vanaf, tot },
    toenVanaf: given.toenVanaf ?? yearBefore(vanaf),
    toenTot: given.toenTot ?? yearBefore(tot),
    bekend: given.bekend ?? today,
    toenBekend: given.toenBekend ?? monthBefore(today),
  };
  const between = (from: string, to: string) =>
    language === 'nl'
      ? `van ${formats.date(from)} tot en met ${formats.date(to)}`
      : `from ${formats.date(from)} to ${formats.date(to)}`;
  const known = (day: string) =>
    language === 'nl' ? `zoals bekend op ${formats.date(day)}` : `as known on ${formats.date(day)}`;
  const { municipality, organisation, programme } = filters;
  const places = { municipality, organisation, programme };
  const query = Object.fromEntries(
    Object.entries(places).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
  if (choice.soort === 'momenten') {
    const asOf = choice.bekend >= today ? {} : { asOf: endOfDay(choice.bekend) };
    return {
      choice,
      query: {
        ...query,
        from: filters.from,
        to: filters.to,
        beforeAsOf: endOfDay(choice.toenBekend),
        ...asOf,
      },
      sides: { before: known(choice.toenBekend), after: known(choice.bekend) },
    };
  }
  if (choice.soort === 'perioden')
    return {
      choice,
      query: {
        ...{ ...query, from: vanaf, to: tot },
        ...{ beforeFrom: choice.toenVanaf, beforeTo: choice.toenTot },
      },
      sides: { before: between(choice.toenVanaf, choice.toenTot), after: between(vanaf, tot) },
    };
  const to = until;
  return {
    choice,
    query: to === undefined ? undefined : { ...query, from: filters.from, to, against: 'year-before' },
    sides: {
      before: between(yearBefore(filters.from), yearBefore(to ?? filters.to)),
      after: between(filters.from, to ?? filters.to),
    },
  };
}

/** Midnight at the end of a day in Amsterdam, less a microsecond; RFC 3339. */
function endOfDay(day: string): string {
  const winter = `${day}T23:59:59.999999+01:00`;
  return civilDateAt(new Date(winter)) === day ? winter : `${day}T23:59:59.999999+02:00`;
}
