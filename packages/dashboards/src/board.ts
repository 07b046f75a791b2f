/** A dashboard of this folder: introduction, how current it is, and its rows of panels. */
import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import {
  type Dashboard,
  DashboardBuilder,
  DashboardCursorSync,
  DashboardLinkBuilder,
  DashboardLinkType,
  type Panel,
  RowBuilder,
  TimeOptionBuilder,
  TimePickerBuilder,
} from '@grafana/grafana-foundation-sdk/dashboard';
import { finish } from './finish.ts';
import { howCurrent } from './how-current.ts';
import { note } from './panels/note.ts';
import type { Variable } from './variables.ts';

export interface Section {
  title: string;
  panels: readonly Builder<Panel>[];
}

export interface BoardContents {
  /** After `effectstroom-`. */
  name: string;
  title: string;
  /** What is answered here, in Markdown. */
  introduction: string;
  variables: readonly Variable[];
  sections: readonly Section[];
  /** Where the time picker is of use: what it opens with. */
  time?: { from: string; refresh: string };
  /** Leaves out the tiles that tell how current the figures are, where that is the subject. */
  isAboutData?: boolean;
}

/** On every dashboard, so that each links to all others. */
export const TAG = 'effectstroom';

/** What a dashboard is known by, also in addresses. */
export function uidOf(name: string): string {
  return `effectstroom-${name}`;
}

/** Builds a dashboard as it can be provisioned. */
export function board(contents: BoardContents): Dashboard {
  const { name, title, introduction, variables, sections, time, isAboutData = false } = contents;
  const builder = new DashboardBuilder(title)
    .uid(uidOf(name))
    .description(firstLine(introduction))
    .tags([TAG])
    .readonly()
    .timezone('Europe/Amsterdam')
    .weekStart('monday')
    .tooltip(DashboardCursorSync.Crosshair)
    .time({ from: time?.from ?? 'now-1y', to: 'now' })
    .refresh(time?.refresh ?? '5m')
    .timepicker(timePicker(time !== undefined))
    .link(toTheOthers());
  for (const variable of variables) builder.withVariable(variable);
  builder.withPanel(note(introduction, isAboutData ? 24 : 12));
  if (!isAboutData) for (const panel of howCurrent()) builder.withPanel(panel);
  for (const { title: row, panels } of sections) {
    builder.withRow(new RowBuilder(row));
    for (const panel of panels) builder.withPanel(panel);
  }
  return finish(builder.build());
}

function firstLine(text: string): string {
  return text.replaceAll('**', '').split('\n')[0] ?? '';
}

function timePicker(isShown: boolean): TimePickerBuilder {
  const range = (display: string, from: string, to: string) =>
    new TimeOptionBuilder().display(display).from(from).to(to);
  return new TimePickerBuilder()
    .hidden(!isShown)
    .refreshIntervals(['1m', '5m', '15m', '1h'])
    .quickRanges([
      range('Vandaag', 'now/d', 'now'),
      range('Laatste 6 uur', 'now-6h', 'now'),
      range('Laatste 7 dagen', 'now-7d', 'now'),
      range('Laatste 30 dagen', 'now-30d', 'now'),
      range('Dit jaar', 'now/y', 'now'),
      range('Vorig jaar', 'now-1y/y', 'now-1y/y'),
    ]);
}

function toTheOthers(): DashboardLinkBuilder {
  return new DashboardLinkBuilder('Andere borden')
    .type(DashboardLinkType.Dashboards)
    .tags([TAG])
    .asDropdown(true)
    .includeVars(true)
    .keepTime(false);
}
