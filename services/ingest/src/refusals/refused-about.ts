import { type Fault, readJson, slugSchema } from '@effectstroom/contracts';
import type { Key } from '@effectstroom/runtime';
import type { FastifyRequest } from 'fastify';
import { eventModeOf } from '../event-mode.ts';
import { bodyOf } from '../request.ts';

/** Whose data a refused request is about, as far as may be told, and how much of it there was. */
export interface RefusedAbout {
  /** Events or rows. */
  count: number;
  organisation?: string;
  source?: string;
}

/**
 * What refused events are about. An organisation or source is named where every event names the same, nothing
 * is wrong with it, and the key covers it: anything else may hold what nobody should keep.
 */
export function aboutEvents(request: FastifyRequest, key: Key, faults: readonly Fault[]): RefusedAbout {
  const mode = eventModeOf(request.headers);
  const body = mode === undefined ? undefined : readJson(bodyOf(request)).value;
  if (body === undefined) return { count: 1 };
  if (mode === 'batch' && !Array.isArray(body)) return { count: 1 };
  const source = request.headers['ce-source'];
  const events = mode === 'binary' ? [{ source, data: body }] : [body].flat();
  const isWrong = (pointer: string): boolean =>
    faults.some((fault) => fault.pointer === pointer || fault.code === 'too-many-faults');
  const organisation = onlyOne(events.map((event) => textOf(memberOf(event, 'data'), 'organisation')));
  const onlySource = onlyOne(events.map((event) => textOf(event, 'source')));
  return {
    count: Math.max(1, events.length),
    ...(isOrganisation(organisation, key) && !isWrong('/data/organisation') && { organisation }),
    ...(onlySource !== undefined &&
      key.coversSource(onlySource) &&
      !isWrong('/source') && { source: onlySource }),
  };
}

/** What refused settings are about: the organisation in their address. */
export function aboutSettings(request: FastifyRequest, key: Key): RefusedAbout {
  const organisation = textOf(request.params, 'organisation');
  return { count: 1, ...(isOrganisation(organisation, key) && { organisation }) };
}

function isOrganisation(text: string | undefined, key: Key): text is string {
  return text !== undefined && slugSchema.safeParse(text).success && key.coversOrganisation(text);
}

/** What all are; undefined where they differ, or one is not there. */
function onlyOne(texts: readonly (string | undefined)[]): string | undefined {
  const [first] = texts;
  return texts.every((text) => text === first) ? first : undefined;
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? Reflect.get(value, name)
    : undefined;
}

function textOf(value: unknown, name: string): string | undefined {
  const member = memberOf(value, name);
  return typeof member === 'string' ? member : undefined;
}
