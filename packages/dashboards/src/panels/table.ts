import { FieldTextAlignment } from '@grafana/grafana-foundation-sdk/common';
import { type DataTransformerConfig, MappingType } from '@grafana/grafana-foundation-sdk/dashboard';
import { PanelBuilder } from '@grafana/grafana-foundation-sdk/table';
import { describe, type PanelText } from '../basis.ts';
import type { Query } from '../queries.ts';
import { TEXT, type Unit } from '../units.ts';

export interface Column {
  unit: Unit;
  /** Address of another dashboard, with values of the row. */
  link?: { title: string; url: string };
  /** Pixels; as wide as there is room where left out. */
  width?: number;
  words?: Readonly<Record<string, string>>;
}

export interface TableLook {
  /** How each column is shown, by its name in the query. */
  columns: Readonly<Record<string, Column>>;
  span?: number;
  height?: number;
  transformations?: DataTransformerConfig[];
}

/** A table, a row for each row of the answer. */
export function table(text: PanelText, query: Query, look: TableLook): PanelBuilder {
  const { columns, span = 24, height = 9, transformations = [] } = look;
  const panel = new PanelBuilder()
    .title(text.title)
    .description(describe(text))
    .span(span)
    .height(height)
    .align(FieldTextAlignment.Auto)
    .filterable(true)
    .noValue('–')
    .transformations(transformations)
    .withTarget(query);
  for (const [name, column] of Object.entries(columns)) panel.overrideByName(name, properties(column));
  return panel;
}

function properties({ unit, link, width, words }: Column): { id: string; value: unknown }[] {
  const shown = unit === TEXT ? [] : [asProperty('unit', unit.unit), asProperty('decimals', unit.decimals)];
  if (link !== undefined) shown.push(asProperty('links', [{ ...link, targetBlank: false }]));
  if (width !== undefined) shown.push(asProperty('custom.width', width));
  if (words !== undefined) {
    const options = Object.fromEntries(Object.entries(words).map(([value, said]) => [value, { text: said }]));
    shown.push(asProperty('mappings', [{ type: MappingType.ValueToText, options }]));
  }
  return shown;
}

function asProperty(id: string, value: unknown): { id: string; value: unknown } {
  return { id, value };
}

/** A column of text. */
export function textColumn(width?: number): Column {
  return width === undefined ? { unit: TEXT } : { unit: TEXT, width };
}

/** Columns that are all shown with one unit. */
export function columnsOf(unit: Unit, ...names: string[]): Record<string, Column> {
  return Object.fromEntries(names.map((name) => [name, { unit }]));
}
