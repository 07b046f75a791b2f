/** From before to after, one step a part: what went up and what went down. */
import type { CustomSeriesRenderItemAPI, CustomSeriesRenderItemParams } from 'echarts';
import type { Language } from '../board/page.ts';
import { euroAxis, LABELS_INSIDE, nameAxis, shortEuros } from './axes.ts';
import { COLOURS } from './colours.ts';
import { below, box, textBehind } from './rectangles.ts';

/** A part, in euros. */
export interface BridgeStep {
  name: string;
  amount: number;
}

/** Both ends and the steps between them. */
export interface Bridge {
  before: BridgeStep;
  parts: readonly BridgeStep[];
  after: BridgeStep;
}

/** The option of ECharts, and its height. */
export function bridgeChart({ before, parts, after }: Bridge, language: Language, isNarrow: boolean) {
  const short = shortEuros(language);
  let reached = before.amount;
  const steps = parts.map(({ name, amount }) => {
    const from = reached;
    reached += amount;
    return {
      name,
      from,
      to: reached,
      label: `${amount > 0 ? '+' : '−'}${short(Math.abs(amount))}`,
      isEnd: false,
    };
  });
  const end = ({ name, amount }: BridgeStep) => {
    return { name, from: 0, to: amount, label: short(amount), isEnd: true };
  };
  const rows = [end(before), ...steps, end(after)];
  const draw = ({ dataIndex }: CustomSeriesRenderItemParams, api: CustomSeriesRenderItemAPI) => {
    const row = rows[dataIndex];
    if (row === undefined) return;
    const { from, to, label, isEnd } = row;
    const fill = isEnd ? COLOURS.main : to >= from ? COLOURS.gain : COLOURS.loss;
    const next = dataIndex + 1 < rows.length;
    return {
      type: 'group' as const,
      children: [
        box(api, dataIndex, [from, to], { part: 0.6, fill }),
        ...(next ? [below(api, dataIndex, to, { part: 0.6, color: COLOURS.ink })] : []),
        textBehind(api, dataIndex, Math.max(from, to), { text: label, fill: COLOURS.ink }),
      ],
    };
  };
  return {
    option: {
      grid: { left: 12, right: isNarrow ? 76 : 96, top: 4, bottom: 4, ...LABELS_INSIDE },
      xAxis: { ...euroAxis(language, isNarrow ? 2 : 5), axisLabel: { show: false } },
      yAxis: {
        ...nameAxis(
          rows.map(({ name }) => name),
          isNarrow ? 104 : 220,
        ),
        inverse: true,
      },
      series: [
        {
          ...{ type: 'custom', renderItem: draw, encode: { x: [0, 1], y: 2 } },
          data: rows.map(({ from, to }, place) => [from, to, place]),
        },
      ],
    },
    height: 16 + rows.length * (isNarrow ? 50 : 40),
  };
}
