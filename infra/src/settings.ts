import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { repository } from './repository.ts';
import { StartFault } from './start-fault.ts';

/** The services with a port that others rely on, and the variable that moves it. */
export const portVariables = {
  ingest: 'INGEST_PORT',
  portal: 'PORTAL_PORT',
  exporter: 'EXPORTER_PORT',
} as const;

export type StackSettings = {
  /** The data folder, absolute. */
  folder: string;
  ports: { ingest: number; portal: number; exporter: number };
  /** Servers to use instead of starting them. */
  databaseUrl: string | undefined;
  natsUrl: string | undefined;
  /** Where the embedded PostgreSQL copies its log, to go back to any moment. */
  archive?: string;
};

export type StartArguments = { empty: boolean; exit: boolean; help: boolean };

export const help = `Gebruik: npm start [-- opties]

Start de hele stroom op deze computer, speelt de cijfers van Haarlemmermeer 2021 na
en blijft draaien tot Ctrl-C.

  --empty   speel niets na; gegevens die er al zijn blijven staan
  --exit    stop na het naspelen; code 0 als elk cijfer klopt
  --help    toon deze uitleg

Omgevingsvariabelen:
  INGEST_PORT        poort van ingest, waar gebeurtenissen binnenkomen (8080)
  PORTAL_PORT        poort van het portaal (8090)
  EXPORTER_PORT      poort van de metingen voor Prometheus (9464)
  EFFECTSTROOM_DATA  map met alle gegevens (.effectstroom)
  DATABASE_URL       gebruik deze PostgreSQL en start er geen
  NATS_URL           gebruik deze NATS-server en start er geen
  EFFECTSTROOM_ARCHIVE  map waarin PostgreSQL zijn log bewaart, om naar elk moment terug te kunnen (geen)
  EFFECTSTROOM_CACHE map voor opgehaalde programma's (~/.cache/effectstroom)
  CHROMIUM           browser die rapporten als PDF maakt (die van het systeem, anders een meegeleverde)
`;

/**
 * Reads the arguments of `npm start`.
 *
 * @throws {StartFault} naming the argument that is not one of them
 */
export function readArguments(args: readonly string[]): StartArguments {
  const options = {
    empty: { type: 'boolean' },
    exit: { type: 'boolean' },
    help: { type: 'boolean' },
  } as const;
  const { tokens } = parseArgs({ args: [...args], options, strict: false, tokens: true });
  const given = new Set<string>();
  for (const token of tokens) {
    const text = args[token.index] ?? '';
    if (token.kind !== 'option' || !(token.name in options) || token.value !== undefined) {
      throw new StartFault(`Onbekende optie: ${text}`);
    }
    given.add(token.name);
  }
  return { empty: given.has('empty'), exit: given.has('exit'), help: given.has('help') };
}

/**
 * Reads the environment of `npm start`. An empty variable is as one that is not set.
 *
 * @throws {StartFault} naming everything that is wrong
 */
export function readSettings(env: NodeJS.ProcessEnv): StackSettings {
  const faults: string[] = [];
  const settings = {
    folder: resolve(repository, env['EFFECTSTROOM_DATA'] || '.effectstroom'),
    ports: {
      ingest: readPort(env, portVariables.ingest, 8080, faults),
      portal: readPort(env, portVariables.portal, 8090, faults),
      exporter: readPort(env, portVariables.exporter, 9464, faults),
    },
    databaseUrl: readUrl(env, 'DATABASE_URL', ['postgres:', 'postgresql:'], faults),
    natsUrl: readUrl(env, 'NATS_URL', ['nats:', 'tls:'], faults),
    ...(env['EFFECTSTROOM_ARCHIVE'] && { archive: resolve(repository, env['EFFECTSTROOM_ARCHIVE']) }),
  };
  const ports = Object.values(settings.ports);
  if (new Set(ports).size < ports.length) {
    faults.push(`${Object.values(portVariables).join(', ')} moeten verschillen (nu ${ports.join(', ')})`);
  }
  if (faults.length > 0) throw new StartFault(`Deze instellingen kloppen niet:\n  ${faults.join('\n  ')}`);
  return settings;
}

function readPort(env: NodeJS.ProcessEnv, name: string, fallback: number, faults: string[]): number {
  const text = env[name] || String(fallback);
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  if (port < 1 || port > 65_535)
    faults.push(`${name} moet een poort van 1 tot en met 65535 zijn (nu "${text}")`);
  return port;
}

function readUrl(
  env: NodeJS.ProcessEnv,
  name: string,
  protocols: readonly string[],
  faults: string[],
): string | undefined {
  const text = env[name];
  if (!text) return undefined;
  // The value itself may hold a password, so it is not shown.
  if (!URL.canParse(text) || !protocols.includes(new URL(text).protocol)) {
    faults.push(`${name} moet een adres zijn dat begint met ${protocols.map((p) => `${p}//`).join(' of ')}`);
  }
  return text;
}
