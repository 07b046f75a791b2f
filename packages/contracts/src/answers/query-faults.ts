import type { z } from 'zod';
import type { Fault } from '../fault.ts';
import { faultsOfIssues } from '../zod-faults.ts';

const NO_OTHER_NAMES: ReadonlySet<string> = new Set();

/** The parameters that have a value: `programme=` asks for nothing. */
export function withoutEmpty(query: unknown): Record<string, unknown> {
  if (typeof query !== 'object' || query === null) return {};
  return Object.fromEntries(Object.entries(query).filter(([, value]) => value !== ''));
}

/** The faults of query parameters; a pointer names the parameter, as `/from`. */
export function queryFaults(issues: readonly z.core.$ZodIssue[], given: unknown): Fault[] {
  return faultsOfIssues(issues, given, NO_OTHER_NAMES).map((fault) =>
    isRepeated(given, fault) ? { ...fault, code: 'duplicate', detail: 'must be given once' } : fault,
  );
}

function isRepeated(given: unknown, fault: Fault): boolean {
  return Array.isArray(Reflect.get(Object(given), fault.pointer.slice(1)));
}
