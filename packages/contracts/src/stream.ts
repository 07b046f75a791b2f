/** Name of the one JetStream stream: cases and settings. */
export const STREAM = 'CASES';

/** Subject of settings events. */
export const SETTINGS_SUBJECT = 'settings';

/** Number of partitions a new stream gets. */
export const DEFAULT_PARTITIONS = 4;

/** Most partitions a stream may have. */
export const MAX_PARTITIONS = 256;

/** Subject of the case events of a partition, counted from 0. */
export function caseSubject(partition: number): string {
  return `cases.${partition}`;
}

/** Subjects of a stream with this many partitions. */
export function streamSubjects(partitions: number): string[] {
  return [...Array.from({ length: partitions }, (_, partition) => caseSubject(partition)), SETTINGS_SUBJECT];
}

/** Partition that a case subject stands for; undefined for any other subject. */
export function partitionOfSubject(subject: string): number | undefined {
  const match = /^cases\.(0|[1-9]\d{0,3})$/.exec(subject);
  return match === null ? undefined : Number(match[1]);
}

const utf8 = new TextEncoder();

/**
 * Partition of a case: FNV-1a 32 over the UTF-8 of `organisation.caseId`, modulo the number of partitions.
 * The same as nats-server's own `partition()` mapping of the two tokens.
 * Source: draft-eastlake-fnv-17, offset basis 2166136261, prime 16777619.
 */
export function partitionOf(organisation: string, caseId: string, partitions: number): number {
  const key = `${organisation}.${caseId}`;
  let hash = 2166136261;
  for (let i = 0; i < key.length; i++) {
    const unit = key.charCodeAt(i);
    if (unit > 127) return fnv1a(utf8.encode(key)) % partitions;
    hash = Math.imul(hash ^ unit, 16777619);
  }
  return (hash >>> 0) % partitions;
}

function fnv1a(bytes: Uint8Array): number {
  let hash = 2166136261;
  for (const byte of bytes) hash = Math.imul(hash ^ byte, 16777619);
  return hash >>> 0;
}
