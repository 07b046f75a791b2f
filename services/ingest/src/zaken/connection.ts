import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { checkMapping, type Mapping, pointerTo } from '@effectstroom/contracts';
import { ConfigError } from '@effectstroom/runtime';
import { type CompiledMapping, compileMapping } from '../records/compile-mapping.ts';
import { connectionFileSchema, type SentConnection } from './connection-schema.ts';
import { type ColumnNeed, columnsFor, needsOf } from './zaak-columns.ts';

/** A zaaksysteem from which cases come, as the configuration names it. */
export interface Connection {
  code: string;
  mapping: Mapping;
  /** The mapping, made ready for the columns of a zaak. */
  compiled: CompiledMapping;
  /** What its columns take. */
  needs: ReadonlySet<ColumnNeed>;
  /** Ends with a slash. */
  zakenUrl: string;
  /** Ends with a slash. */
  catalogiUrl: string | undefined;
  clientId: string;
  secretFile: string;
  /** SHA-256 of each Authorization value that its subscription may send. */
  authorization: readonly Buffer[];
  /** `identificatie` of the types of zaak that are taken; undefined takes all. */
  zaaktypen: ReadonlySet<string> | undefined;
  /** Milliseconds between polls. */
  pollEvery: number;
  /** Milliseconds after which a zaak that looks unchanged in the list is fetched all the same. */
  recheckAfter: number;
  /** Milliseconds in which a request to the zaaksysteem is answered whole. */
  timeout: number;
  /** Milliseconds before the first repetition of what failed; each next one waits twice as long. */
  retryAfter: number;
}

/**
 * The connections in a file. Throws `ConfigError`, with all faults, where the file or a secret that it names
 * cannot be used. No message holds a value from the file.
 */
export function readConnections(file: string): Connection[] {
  const checked = connectionFileSchema.safeParse(parse(file));
  if (!checked.success) {
    throw new ConfigError(checked.error.issues.map(({ path, message }) => line(path, '', message)));
  }
  const lines: string[] = [];
  const connections = checked.data.connections.flatMap((sent, i) => {
    const path = ['connections', i];
    const report = (at: string, says: string): void => {
      lines.push(line(path, at, says));
    };
    const secretFile = resolve(dirname(file), sent.secretFile);
    reportSecret(secretFile, report);
    const compiled = readMapping(sent, report);
    if (compiled === undefined) return [];
    reportCatalogue(sent, compiled.mapping, report);
    return [connectionOf(sent, compiled, secretFile)];
  });
  for (const [i, { code }] of checked.data.connections.entries()) {
    if (checked.data.connections.findIndex((other) => other.code === code) < i) {
      lines.push(line(['connections', i], '/code', 'must differ from the other codes'));
    }
  }
  if (lines.length > 0) throw new ConfigError(lines);
  return connections;
}

function parse(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    const reason = error instanceof SyntaxError ? 'it is not JSON' : reasonOf(error);
    throw new ConfigError([`ZAKEN_FILE cannot be read: ${reason}`]);
  }
}

function line(path: readonly PropertyKey[], at: string, says: string): string {
  return `ZAKEN_FILE ${pointerTo(path)}${at} ${says}`;
}

const MINUTE = 60_000;

function connectionOf(sent: SentConnection, compiled: CompiledMapping, secretFile: string): Connection {
  return {
    code: sent.code,
    mapping: compiled.mapping,
    compiled,
    needs: needsOf(compiled.mapping),
    zakenUrl: sent.zakenUrl,
    catalogiUrl: sent.catalogiUrl,
    clientId: sent.clientId,
    secretFile,
    authorization: [sent.authorization].flat().map((hash) => Buffer.from(hash, 'hex')),
    zaaktypen: sent.zaaktypen && new Set(sent.zaaktypen),
    pollEvery: sent.pollMinutes * MINUTE,
    recheckAfter: sent.recheckHours * 60 * MINUTE,
    timeout: sent.timeoutSeconds * 1000,
    retryAfter: sent.retrySeconds * 1000,
  };
}

type Report = (at: string, says: string) => void;

/** The mapping of a connection, ready for the columns of a zaak. */
function readMapping({ code, mapping: sent }: SentConnection, report: Report): CompiledMapping | undefined {
  const { mapping, faults = [] } = checkMapping(code, sent);
  for (const { pointer, detail } of faults) report(`/mapping${pointer}`, detail);
  if (mapping === undefined) return undefined;
  if (mapping.rows !== 'case') report('/mapping/rows', 'must be "case": a zaak is one row');
  const { compiled, faults: missing = [] } = compileMapping(mapping, columnsFor(mapping));
  for (const { pointer } of missing) {
    report(`/mapping${pointer}`, 'must be a column of a zaak, or eigenschap: and the name of one');
  }
  return compiled;
}

const OF_CATALOGUE: readonly ColumnNeed[] = ['zaaktype', 'status', 'resultaat'];

function reportCatalogue({ catalogiUrl, zaaktypen }: SentConnection, mapping: Mapping, report: Report): void {
  const needs = needsOf(mapping);
  if (catalogiUrl !== undefined) return;
  if (zaaktypen === undefined && !OF_CATALOGUE.some((need) => needs.has(need))) return;
  report('/catalogiUrl', 'is needed for zaaktypen, and for the columns of types, status and resultaat');
}

function reportSecret(file: string, report: Report): void {
  try {
    readSecret(file);
  } catch (error) {
    report('/secretFile', `cannot be used: ${reasonOf(error)}`);
  }
}

/** The secret in a file, without the line end. Throws where there is none. */
export function readSecret(file: string): Uint8Array {
  const secret = readFileSync(file, 'utf8').trimEnd();
  if (secret === '') throw new Error('it is empty');
  return new TextEncoder().encode(secret);
}

function reasonOf(error: unknown): string {
  if (error instanceof Error && 'code' in error) return String(error.code);
  return error instanceof Error ? error.message : 'unknown reason';
}
