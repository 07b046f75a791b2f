/** Shapes for charts that ECharts has no kind of its own for. */
import type { CustomSeriesRenderItemAPI, CustomSeriesRenderItemReturn } from 'echarts';

import { COLOURS } from './colours.ts';

type Point = readonly [x: number, y: number];

/** A box between two values on the line of a name. @param part of the line's height */
export function box(
  api: CustomSeriesRenderItemAPI,
  place: number,
  [from, to]: readonly [number, number],
  { part, fill, stroke }: { part: number; fill: string; stroke?: string },
): NonNullable<CustomSeriesRenderItemReturn> {
  const [left, middle] = pointOf(api, Math.min(from, to), place);
  const [right] = pointOf(api, Math.max(from, to), place);
  const height = lineHeight(api) * part;
  return {
    type: 'rect',
    shape: { x: left, y: middle - height / 2, width: Math.max(right - left, 1), height },
    style: { fill, ...(stroke === undefined ? {} : { stroke, lineWidth: 1.5 }) },
  };
}

/** An upright stroke at a value. */
export function stroke(
  api: CustomSeriesRenderItemAPI,
  place: number,
  value: number,
  { part, color, width }: { part: number; color: string; width: number },
): NonNullable<CustomSeriesRenderItemReturn> {
  const [x, middle] = pointOf(api, value, place);
  const half = (lineHeight(api) * part) / 2;
  return lineBetween([x, middle - half], [x, middle + half], color, width);
}

/**
 * A thin stroke from the box of a name to that of the next. @param part of the line's height that boxes
 * take
 */
export function below(
  api: CustomSeriesRenderItemAPI,
  place: number,
  value: number,
  { part, color }: { part: number; color: string },
): NonNullable<CustomSeriesRenderItemReturn> {
  const [x, middle] = pointOf(api, value, place);
  const height = lineHeight(api);
  return lineBetween([x, middle + (height * part) / 2], [x, middle + height * (1 - part / 2)], color, 1);
}

/** A lying line between two values. */
export function span(
  api: CustomSeriesRenderItemAPI,
  place: number,
  [from, to]: readonly [number, number],
  { color, width }: { color: string; width: number },
): NonNullable<CustomSeriesRenderItemReturn> {
  return lineBetween(pointOf(api, from, place), pointOf(api, to, place), color, width);
}

/** Text behind a value. */
export function textBehind(
  api: CustomSeriesRenderItemAPI,
  place: number,
  value: number,
  { text, fill }: { text: string; fill: string },
): NonNullable<CustomSeriesRenderItemReturn> {
  const [x, y] = pointOf(api, value, place);
  return {
    type: 'text',
    style: { text, fill, fontSize: 13, x: x + 6, y, align: 'left', verticalAlign: 'middle' },
  };
}

/** A diamond at a value. */
export function diamond(
  api: CustomSeriesRenderItemAPI,
  place: number,
  value: number,
  { size, fill }: { size: number; fill: string },
): NonNullable<CustomSeriesRenderItemReturn> {
  const [x, y] = pointOf(api, value, place);
  const points = [
    [x, y - size],
    [x + size, y],
    [x, y + size],
    [x - size, y],
  ];
  return { type: 'polygon', shape: { points }, style: { fill, stroke: COLOURS.paper, lineWidth: 1 } };
}

function lineBetween([x1, y1]: Point, [x2, y2]: Point, color: string, width: number) {
  return { type: 'line', shape: { x1, y1, x2, y2 }, style: { stroke: color, lineWidth: width } } as const;
}

function pointOf(api: CustomSeriesRenderItemAPI, value: number, place: number): Point {
  const [x = 0, y = 0] = api.coord([value, place]);
  return [x, y];
}

/** Of one name, in pixels. */
function lineHeight(api: CustomSeriesRenderItemAPI): number {
  const size = api.size?.([0, 1]);
  return Array.isArray(size) ? Number(size[1]) : Number(size ?? 0);
}
