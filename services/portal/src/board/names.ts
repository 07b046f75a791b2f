/** Which programmes a reader may choose from, and the names that belong to codes. */
import type { Municipalities, ProgrammeRow } from '@effectstroom/contracts';
import { allRows } from './all-rows.ts';
import type { BoardApi } from './api.ts';

/** Names as people know them; the code itself where none is known. */
export interface Names {
  municipality(code: string): string;
  /** Made of the code: names of organisations are not kept. */
  organisation(code: string): string;
  programme(municipality: string, organisation: string, programme: string): string;
}

/** What the filters can be set to. */
export interface Choices {
  /** As many as 5,000; by municipality, organisation and programme. */
  programmes: readonly ProgrammeRow[];
  names: Names;
}

const PROGRAMMES_MAX = 5_000;

/** Throws `ProblemError` where the API does not answer. */
export async function readChoices(api: BoardApi): Promise<Choices> {
  const programmes = await allRows<ProgrammeRow>(api, '/v1/programmes', {}, PROGRAMMES_MAX);
  const { rows } = await api.get<Municipalities>('/v1/municipalities');
  const municipalities = new Map(rows.map(({ code, name }) => [code, name]));
  const named = new Map(programmes.map((row) => [placeOf(row), row.name]));
  return {
    programmes,
    names: {
      municipality: (code) => municipalities.get(code) ?? code,
      organisation: asName,
      programme: (municipality, organisation, programme) =>
        named.get(placeOf({ municipality, organisation, programme })) ?? programme,
    },
  };
}

/** A code as a name: `jong-volwassenen` is Jong volwassenen. */
export function asName(code: string): string {
  const text = code.replaceAll('-', ' ');
  return text.charAt(0).toUpperCase() + text.slice(1);
}

type Place = Pick<ProgrammeRow, 'municipality' | 'organisation' | 'programme'>;

function placeOf({ municipality, organisation, programme }: Place): string {
  return `${municipality}/${organisation}/${programme}`;
}
