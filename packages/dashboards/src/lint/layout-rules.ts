import type { Dashboard, GridPos, Panel, RowPanel } from '@grafana/grafana-foundation-sdk/dashboard';
import { isRow } from '../finish.ts';

const COLUMNS = 24;

type Placed = { name: string; at: GridPos };

/** Faults of ids and of where panels stand. */
export function layoutFaults({ panels = [] }: Dashboard): string[] {
  const ids = panels.map(({ id }) => id ?? 0);
  const numbered =
    ids.every((id) => id > 0) && new Set(ids).size === ids.length
      ? []
      : ['panels must have ids of their own'];
  const placed = panels.map((panel) => ({ name: nameOf(panel), at: panel.gridPos }));
  const known = placed.filter((one): one is Placed => one.at !== undefined);
  const outside = known.filter(
    ({ at }) => at.x < 0 || at.y < 0 || at.w < 1 || at.h < 1 || at.x + at.w > COLUMNS,
  );
  const overlaps = known.flatMap((one, place) =>
    known
      .slice(place + 1)
      .filter((other) => meet(one.at, other.at))
      .map((other) => `${one.name} and ${other.name} overlap`),
  );
  return [
    ...numbered,
    ...(known.length < placed.length ? ['a panel has no place'] : []),
    ...outside.map(({ name }) => `${name} stands outside the ${COLUMNS} columns`),
    ...overlaps,
    ...filledRows(panels),
  ];
}

/** Rows hold no panels of their own: then they would be closed when the dashboard opens. */
function filledRows(panels: readonly (Panel | RowPanel)[]): string[] {
  return panels
    .filter(isRow)
    .filter(({ panels: inside, collapsed }) => inside.length > 0 || collapsed)
    .map((row) => `${nameOf(row)} is closed`);
}

function nameOf({ id, title = '' }: Panel | RowPanel): string {
  return `panel ${id} "${title}"`;
}

function meet(one: GridPos, other: GridPos): boolean {
  return (
    one.x < other.x + other.w &&
    other.x < one.x + one.w &&
    one.y < other.y + other.h &&
    other.y < one.y + one.h
  );
}
