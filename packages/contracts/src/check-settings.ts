import type { z } from 'zod';
import { type Closing, normaliseClosing } from './closings/closing.ts';
import {
  type Deliveries,
  deliveriesAddressSchema,
  deliveriesSchema,
  normaliseDeliveries,
} from './deliveries/expected-deliveries.ts';
import type { Erasure } from './erasures/erasure.ts';
import { type Fault, FaultsError } from './fault.ts';
import { LIMITS } from './limits.ts';
import { normalisePriceList, normaliseProgramme } from './normalise-settings.ts';
import { personalDataFaults } from './personal-data/personal-data-faults.ts';
import type { QuarantineDecision } from './quarantine-decision.ts';
import { normaliseReportTexts, type ReportTexts, reportTextsSchema } from './report-texts/report-texts.ts';
import {
  type PriceList,
  type Programme,
  type ProgrammeAddress,
  SETTINGS_SOURCE,
  SETTINGS_TYPES,
  type SettingsEvent,
} from './settings-event.ts';
import {
  deliveriesRuleFaults,
  priceListRuleFaults,
  programmeRuleFaults,
  reportTextsRuleFaults,
} from './settings-rules.ts';
import {
  priceListAddressSchema,
  priceListSchema,
  programmeAddressSchema,
  programmeSchema,
  settingsEventSchema,
} from './settings-schema.ts';
import { toUtc } from './time.ts';
import { faultsOfIssues } from './zod-faults.ts';

/** The settings as they are kept, or every fault of them. */
export type SettingsResult<Settings> =
  | { settings: Settings; faults?: undefined }
  | { faults: Fault[]; settings?: undefined };

const NONE: ReadonlySet<string> = new Set();

/** Checks and normalises a programme: its address and the body that was sent. Never throws. */
export function checkProgramme(address: ProgrammeAddress, body: unknown): SettingsResult<Programme> {
  const checked = programmeSchema.safeParse(body);
  const faults = [
    ...addressFaults(programmeAddressSchema, address),
    ...combine(checked, body, programmeRuleFaults(body)),
  ];
  if (faults.length > 0 || !checked.success) return { faults };
  return withinSize(normaliseProgramme(address, checked.data));
}

/** Checks and normalises a price list: its code in the address and the body that was sent. Never throws. */
export function checkPriceList(code: string, body: unknown): SettingsResult<PriceList> {
  const checked = priceListSchema.safeParse(body);
  const faults = [
    ...addressFaults(priceListAddressSchema, { code }),
    ...combine(checked, body, priceListRuleFaults(code, body)),
  ];
  if (faults.length > 0 || !checked.success) return { faults };
  return withinSize(normalisePriceList(code, checked.data));
}

/** Checks and normalises the expected deliveries of an organisation and the body that was sent. Never throws. */
export function checkDeliveries(organisation: string, body: unknown): SettingsResult<Deliveries> {
  const checked = deliveriesSchema.safeParse(body);
  const faults = [
    ...addressFaults(deliveriesAddressSchema, { organisation }),
    ...combine(checked, body, deliveriesRuleFaults(body)),
  ];
  if (faults.length > 0 || !checked.success) return { faults };
  return withinSize(normaliseDeliveries(organisation, checked.data));
}

/** Checks and normalises the texts of a report: the address of its programme and the body that was sent. Never throws. */
export function checkReportTexts(address: ProgrammeAddress, body: unknown): SettingsResult<ReportTexts> {
  const checked = reportTextsSchema.safeParse(body);
  const faults = [
    ...addressFaults(programmeAddressSchema, address),
    ...combine(checked, body, reportTextsRuleFaults(body)),
  ];
  if (faults.length > 0 || !checked.success) return { faults };
  return withinSize(normaliseReportTexts(address, checked.data));
}

function combine(checked: z.ZodSafeParseResult<unknown>, body: unknown, rules: readonly Fault[]): Fault[] {
  const faults = checked.success ? [] : faultsOfIssues(checked.error.issues, body, NONE);
  const pointers = new Set(faults.map((fault) => fault.pointer));
  return [...faults, ...rules.filter((fault) => !pointers.has(fault.pointer)), ...personalDataFaults(body)];
}

/** Faults of the address stand at the body's root: there is no pointer into a URL. */
function addressFaults(schema: z.ZodType, address: object): Fault[] {
  const checked = schema.safeParse(address);
  const faults = checked.success ? [] : faultsOfIssues(checked.error.issues, address, NONE);
  return [...faults, ...personalDataFaults(address)].map(({ pointer, code, detail }) => ({
    pointer: '',
    code,
    detail: `${pointer.slice(1)} in the address: ${detail}`,
  }));
}

function withinSize<Settings>(settings: Settings): SettingsResult<Settings> {
  if (Buffer.byteLength(JSON.stringify(settings)) <= LIMITS.settingsBytes) return { settings };
  const detail = `must be at most ${LIMITS.settingsBytes} bytes; use shorter texts or a second price list`;
  return { faults: [{ pointer: '', code: 'length', detail }] };
}

/** The settings event that publishes a programme. `id` is unique; `time` is when it was received. */
export function programmeEvent(data: Programme, id: string, time: Date): SettingsEvent {
  return { ...settingsAttributes(id, time), type: SETTINGS_TYPES.programme, data };
}

/** The settings event that publishes a price list. `id` is unique; `time` is when it was received. */
export function priceListEvent(data: PriceList, id: string, time: Date): SettingsEvent {
  return { ...settingsAttributes(id, time), type: SETTINGS_TYPES.priceList, data };
}

/** The settings event that publishes expected deliveries. `id` is unique; `time` is when it was received. */
export function deliveriesEvent(data: Deliveries, id: string, time: Date): SettingsEvent {
  return { ...settingsAttributes(id, time), type: SETTINGS_TYPES.deliveries, data };
}

/** The settings event that publishes a quarantine decision. `id` is unique; `time` is when it was received. */
export function quarantineEvent(data: QuarantineDecision, id: string, time: Date): SettingsEvent {
  return { ...settingsAttributes(id, time), type: SETTINGS_TYPES.quarantine, data };
}

/** The settings event that publishes a closing. `id` is unique; `time` is when it was received. */
export function closingEvent(data: Closing, id: string, time: Date): SettingsEvent {
  return { ...settingsAttributes(id, time), type: SETTINGS_TYPES.closing, data };
}

/** The settings event that publishes an erasure, by whose id it is known; `time` is when it was received. */
export function erasureEvent(data: Erasure, time: Date): SettingsEvent {
  return { ...settingsAttributes(data.erasure, time), type: SETTINGS_TYPES.erasure, data };
}

/** The settings event that publishes the texts of a report. `id` is unique; `time` is when it was received. */
export function reportTextsEvent(data: ReportTexts, id: string, time: Date): SettingsEvent {
  return { ...settingsAttributes(id, time), type: SETTINGS_TYPES.report, data };
}

function settingsAttributes(id: string, time: Date) {
  const received = time.toISOString();
  return { specversion: '1.0', id, source: SETTINGS_SOURCE, time: toUtc(received) ?? received } as const;
}

/**
 * Reads a settings event back from the stream or the record. Throws `FaultsError` where the value is none.
 */
export function parseSettingsEvent(value: unknown): SettingsEvent {
  const checked = settingsEventSchema.safeParse(value);
  if (!checked.success) throw new FaultsError(faultsOfIssues(checked.error.issues, value, NONE));
  const { specversion, id, source, time, type, data } = checked.data;
  const attributes = { specversion, id, source, time };
  switch (type) {
    case SETTINGS_TYPES.programme:
      return { ...attributes, type, data: normaliseProgramme(data, data) };
    case SETTINGS_TYPES.priceList:
      return { ...attributes, type, data: normalisePriceList(data.code, data) };
    case SETTINGS_TYPES.deliveries:
      return { ...attributes, type, data: normaliseDeliveries(data.organisation, data) };
    case SETTINGS_TYPES.quarantine:
      return { ...attributes, type, data };
    case SETTINGS_TYPES.closing:
      return { ...attributes, type, data: normaliseClosing(data) };
    case SETTINGS_TYPES.erasure:
      return { ...attributes, type, data };
    case SETTINGS_TYPES.report:
      return { ...attributes, type, data: normaliseReportTexts(data, data) };
  }
}
