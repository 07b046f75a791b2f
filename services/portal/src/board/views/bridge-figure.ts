/** The bridge from before to after, with its table. */
import type { Compared } from '@effectstroom/contracts';
import { bridgeChart } from '../../charts/bridge-chart.ts';
import { chartFigure } from '../../charts/chart-figure.ts';
import type { Html } from '../html.ts';
import type { BoardContext } from '../page.ts';
import { shown } from '../shown.ts';
import { table } from '../table.ts';
import { movedParts } from './change-sentences.ts';
import { partName } from './part-words.ts';

export function bridgeFigure(compared: Compared, context: BoardContext): Html {
  const { language } = context;
  const { before, after, difference, parts } = compared;
  const { cents, count } = shown(context);
  const words = {
    label: { nl: 'Van toen naar nu, per oorzaak', en: 'From then to now, by cause' }[language],
    before: { nl: 'Toen', en: 'Then' }[language],
    after: { nl: 'Nu', en: 'Now' }[language],
    difference: { nl: 'Verschil', en: 'Difference' }[language],
  };
  const moved = new Set(movedParts(compared));
  const steps = parts
    .filter((part) => moved.has(part))
    .map(({ part, corrected }) => ({ name: partName(part)[language], amount: Number(corrected) }));
  const bridge = {
    before: { name: words.before, amount: Number(before.corrected) },
    parts: steps,
    after: { name: words.after, amount: Number(after.corrected) },
  };
  const number = (label: string) => ({ label, isNumber: true });
  return chartFigure({
    ...{ id: 'bridge', language, label: words.label, isTableOpen: true },
    draw: (isNarrow) => bridgeChart(bridge, language, isNarrow),
    table: table({
      ...{ id: 'bridge-figures', caption: words.label },
      columns: [
        { label: { nl: 'Oorzaak', en: 'Cause' }[language] },
        number({ nl: 'Bruto', en: 'Gross' }[language]),
        number({ nl: 'Na correctie', en: 'Corrected' }[language]),
        number({ nl: 'Waarvan gemeente', en: 'Of which municipality' }[language]),
        number({ nl: 'Casussen (vertegenwoordigd)', en: 'Cases (represented)' }[language]),
      ],
      rows: [
        [words.before, ...amounts(before), count(before.cases.represented)],
        ...parts.filter(isThere).map((one) => [partName(one.part)[language], ...amounts(one), '']),
        [words.after, ...amounts(after), count(after.cases.represented)],
      ],
      foot: [words.difference, ...amounts(difference), count(difference.cases.represented)],
    }),
  });

  function amounts({
    gross,
    corrected,
    municipal,
  }: Pick<Compared['before'], 'gross' | 'corrected' | 'municipal'>) {
    return [cents(gross), cents(corrected), cents(municipal.corrected)];
  }
}

/** Parts of nothing only take room. */
function isThere({ gross, corrected }: Compared['parts'][number]): boolean {
  return Number(gross) !== 0 || Number(corrected) !== 0;
}
