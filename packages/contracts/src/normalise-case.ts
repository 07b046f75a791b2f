import {
  type AssessedData,
  type AvoidedLine,
  CASE_TYPES,
  type CaseBase,
  type CaseEvent,
  type RegisteredData,
  type WithdrawnData,
} from './case-event.ts';
import type { SentAvoidedLine, SentCaseEvent } from './case-event-schema.ts';
import { toMoney, toQuantity } from './decimal-text.ts';
import { toUtc } from './time.ts';

type Sent<Type extends SentCaseEvent['type']> = Extract<SentCaseEvent, { type: Type }>['data'];
type SentOptional = Omit<Sent<typeof CASE_TYPES.withdrawn>, 'reason'>;

const REQUIRED: ReadonlySet<string> = new Set(['specversion', 'id', 'source', 'type', 'time', 'data']);

/**
 * A checked event as it is kept: defaults filled, numbers as decimal strings, `time` in UTC, members in a
 * fixed order. Equal content gives equal JSON; normalising twice changes nothing.
 */
export function normaliseCase(sent: SentCaseEvent): CaseEvent {
  const { specversion, id, source } = sent;
  const time = toUtc(sent.time) ?? sent.time;
  let event: CaseEvent;
  switch (sent.type) {
    case CASE_TYPES.assessed:
      event = { specversion, id, source, type: sent.type, time, data: assessedData(sent.data) };
      break;
    case CASE_TYPES.registered:
      event = { specversion, id, source, type: sent.type, time, data: registeredData(sent.data) };
      break;
    case CASE_TYPES.withdrawn:
      event = { specversion, id, source, type: sent.type, time, data: withdrawnData(sent.data) };
  }
  keepOtherAttributes(sent, event);
  return event;
}

/**
 * Optional attributes and extensions, sorted by name; null means that one is not set (CloudEvents, JSON
 * format).
 */
function keepOtherAttributes(sent: SentCaseEvent, event: CaseEvent): void {
  const names: string[] = [];
  for (const name in sent) if (!REQUIRED.has(name) && sent[name] !== null) names.push(name);
  for (const name of names.sort()) Object.assign(event, { [name]: sent[name] });
}

function registeredData(sent: Sent<typeof CASE_TYPES.registered>): RegisteredData {
  const { municipality, organisation, programme = 'main', caseId, revision, date, theme } = sent;
  const data = { municipality, organisation, programme, caseId, revision, date, theme };
  copyOptional(sent, data);
  return data;
}

function assessedData(sent: Sent<typeof CASE_TYPES.assessed>): AssessedData {
  const { municipality, organisation, programme = 'main', caseId, revision, date, theme } = sent;
  const { similarCases = 1, cost = '0.00' } = sent;
  const data = {
    ...{ municipality, organisation, programme, caseId, revision, date, theme, similarCases },
    cost: toMoney(cost),
    avoided: sent.avoided.map(avoidedLine),
  };
  copyOptional(sent, data);
  return data;
}

function withdrawnData(sent: Sent<typeof CASE_TYPES.withdrawn>): WithdrawnData {
  const { municipality, organisation, programme = 'main', caseId, revision, date, theme, reason } = sent;
  const data: WithdrawnData = { municipality, organisation, programme, caseId, revision };
  if (date !== undefined) data.date = date;
  if (theme !== undefined) data.theme = theme;
  if (reason !== undefined) data.reason = reason;
  copyOptional(sent, data);
  return data;
}

function copyOptional(sent: SentOptional, data: CaseBase): void {
  const { goal, workType, targetGroup, supportType, team, area, wellbeing, residentKey, followUp } = sent;
  if (goal !== undefined) data.goal = goal;
  if (workType !== undefined) data.workType = workType;
  if (targetGroup !== undefined) data.targetGroup = targetGroup;
  if (supportType !== undefined) data.supportType = supportType;
  if (team !== undefined) data.team = team;
  if (area !== undefined) data.area = area;
  if (wellbeing !== undefined) data.wellbeing = wellbeing;
  if (residentKey !== undefined) data.residentKey = residentKey;
  if (followUp !== undefined) data.followUp = { date: followUp.date, outcome: followUp.outcome };
}

function avoidedLine(sent: SentAvoidedLine): AvoidedLine {
  const { recurrence = 'one-off', deadweight = 0, displacement = 0, dropOff = 0 } = sent;
  const {
    service,
    quantity = '1',
    amount,
    costBearer,
    likelihood,
    contribution,
    years,
    effect,
    cashable,
  } = sent;
  const line: AvoidedLine = { recurrence, deadweight, displacement, dropOff };
  if (service !== undefined) {
    line.service = service;
    line.quantity = toQuantity(quantity);
  }
  if (amount !== undefined) line.amount = toMoney(amount);
  if (costBearer !== undefined) line.costBearer = costBearer;
  if (likelihood !== undefined) line.likelihood = likelihood;
  if (contribution !== undefined) line.contribution = contribution;
  if (years !== undefined) line.years = years;
  if (effect !== undefined) line.effect = effect;
  if (cashable !== undefined) line.cashable = cashable;
  return line;
}
