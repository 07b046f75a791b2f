import type { AvoidedLine, CaseBase, CaseEvent, Level } from './case-event.ts';

/**
 * The JSON of a checked event: the same text as `JSON.stringify` gives, in half the time. Fields whose form
 * leaves no character to escape (codes, slugs, dates, decimals) are written as they are; texts that are free, and
 * members that few events have, are left to `JSON.stringify`. Takes only what `checkCaseEvent` gave.
 */
export function caseText(event: CaseEvent): string {
  const { id, source, type, time, data } = event;
  const text = `{"specversion":"1.0","id":${quoted(id)},"source":${sourceText(source)},"type":"${type}"`;
  return `${text},"time":"${time}","data":${dataText(data)}${otherAttributes(event)}}`;
}

/** All that data may have: no type has them all. */
type AnyData = CaseBase & {
  similarCases?: number;
  cost?: string;
  avoided?: readonly AvoidedLine[];
  reason?: 'error' | 'consent';
};

function dataText(data: AnyData): string {
  const { municipality, organisation, programme, caseId, date, theme } = data;
  let text = `{"municipality":"${municipality}","organisation":"${organisation}","programme":"${programme}"`;
  text += `,"caseId":"${caseId}","revision":${data.revision}`;
  if (date !== undefined) text += `,"date":"${date}"`;
  if (theme !== undefined) text += `,"theme":"${theme}"`;
  if (data.reason !== undefined) text += `,"reason":"${data.reason}"`;
  if (data.similarCases !== undefined) text += `,"similarCases":${data.similarCases}`;
  if (data.cost !== undefined) text += `,"cost":"${data.cost}"`;
  if (data.avoided !== undefined) text += `,"avoided":[${linesText(data.avoided)}]`;
  return `${text}${optionalText(data)}}`;
}

/** In the order in which `normaliseCase` sets them. */
function optionalText(data: CaseBase): string {
  const { goal, workType, targetGroup, supportType, team, area, wellbeing, residentKey, followUp } = data;
  let text = '';
  if (goal !== undefined) text += `,"goal":"${goal}"`;
  if (workType !== undefined) text += `,"workType":"${workType}"`;
  if (targetGroup !== undefined) text += `,"targetGroup":"${targetGroup}"`;
  if (supportType !== undefined) text += `,"supportType":"${supportType}"`;
  if (team !== undefined) text += `,"team":"${team}"`;
  if (area !== undefined) text += `,"area":"${area}"`;
  if (wellbeing !== undefined) text += `,"wellbeing":"${wellbeing}"`;
  if (residentKey !== undefined) text += `,"residentKey":${quoted(residentKey)}`;
  if (followUp !== undefined)
    text += `,"followUp":{"date":"${followUp.date}","outcome":"${followUp.outcome}"}`;
  return text;
}

function linesText(lines: readonly AvoidedLine[]): string {
  let text = '';
  for (const line of lines) text += text === '' ? lineText(line) : `,${lineText(line)}`;
  return text;
}

function lineText(line: AvoidedLine): string {
  const { recurrence, deadweight, displacement, dropOff, service, amount, costBearer, years } = line;
  let text = `{"recurrence":"${recurrence}","deadweight":${deadweight},"displacement":${displacement}`;
  text += `,"dropOff":${dropOff}`;
  if (service !== undefined) text += `,"service":"${service}","quantity":"${line.quantity}"`;
  if (amount !== undefined) text += `,"amount":"${amount}"`;
  if (costBearer !== undefined) text += `,"costBearer":"${costBearer}"`;
  if (line.likelihood !== undefined) text += `,"likelihood":${levelText(line.likelihood)}`;
  if (line.contribution !== undefined) text += `,"contribution":${levelText(line.contribution)}`;
  if (years !== undefined) text += `,"years":${years}`;
  if (line.effect !== undefined) text += `,"effect":"${line.effect}"`;
  if (line.cashable !== undefined) text += `,"cashable":"${line.cashable}"`;
  return `${text}}`;
}

function levelText(level: Level | number): string {
  return typeof level === 'number' ? String(level) : `"${level}"`;
}

const WRITTEN: ReadonlySet<string> = new Set(['specversion', 'id', 'source', 'type', 'time', 'data']);

/** Optional attributes and extensions, which stand last. */
function otherAttributes(event: CaseEvent): string {
  let text = '';
  for (const name in event) {
    if (!WRITTEN.has(name)) text += `,${JSON.stringify(name)}:${JSON.stringify(Reflect.get(event, name))}`;
  }
  return text;
}

let lastSource = { source: '', text: '""' };

/** Nearly always that of the event before. */
function sourceText(source: string): string {
  if (source !== lastSource.source) lastSource = { source, text: quoted(source) };
  return lastSource.text;
}

/** Characters that JSON never escapes, and that most identifiers are made of. */
const PLAIN = /^[\w.:/@-]*$/;

function quoted(text: string): string {
  return PLAIN.test(text) ? `"${text}"` : JSON.stringify(text);
}
