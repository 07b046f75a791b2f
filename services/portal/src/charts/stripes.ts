import { COLOURS } from './colours.ts';

/** Stripes over a bar, so that it differs without colour. */
export const STRIPES = {
  ...{ symbol: 'rect', dashArrayX: [1, 0], dashArrayY: [2, 5], rotation: -Math.PI / 4 },
  color: COLOURS.stripe,
} as const;
