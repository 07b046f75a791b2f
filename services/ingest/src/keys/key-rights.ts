import type { Fault, NewKey } from '@effectstroom/contracts';
import { coversOrganisations, coversSources, type Key } from '@effectstroom/runtime';

/** What a new key would get that the key that makes it lacks: nobody gives away what is not theirs. */
export function escalations(key: Key, { scopes, organisations, sources }: NewKey): Fault[] {
  const lacking = (name: string, values: readonly string[], isHeld: (value: string) => boolean): Fault[] =>
    values.flatMap((value, place) =>
      isHeld(value) ? [] : [{ pointer: `/${name}/${place}`, code: 'not-permitted', detail: DETAIL }],
    );
  return [
    ...lacking('scopes', scopes, (scope) => scopes.some((one) => one === scope && key.hasScope(one))),
    ...lacking('organisations', organisations, (one) => coversOrganisations(key, one)),
    ...lacking('sources', sources, (one) => coversSources(key, one)),
  ];
}

const DETAIL = 'this key lacks this itself, so it cannot give it';
