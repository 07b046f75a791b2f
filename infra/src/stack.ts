import { join } from 'node:path';
import { claimDataFolder } from './data-folder.ts';
import { boundLog } from './log-file.ts';
import { freePort, loopback, portHolder, portState } from './ports.ts';
import { describeExit } from './running.ts';
import { keptSecret } from './secret.ts';
import { type ServiceName, stopLeftoverService } from './service.ts';
import { portVariables, type StackSettings } from './settings.ts';
import { logOf, natsPart, postgresPart, runFolder, servicePart } from './stack-parts.ts';
import { StartFault } from './start-fault.ts';
import { createSupervisor, type Supervisor, type SupervisorEvent } from './supervisor.ts';
import { seconds, type Terminal } from './terminal.ts';

/** The local stack, running; the addresses of what others rely on. */
export type Stack = {
  ingest: string;
  portal: string;
  exporter: string;
  /** Ends every part in order. */
  stop(): Promise<void>;
  /** Ends every part at once. */
  kill(): void;
};

const SERVICE_NAMES = ['calculator', 'ingest', 'portal', 'exporter'] as const satisfies ServiceName[];
const CHECK_LOGS_EVERY_MS = 60_000;

/**
 * Starts the whole pipeline and keeps it running. When it cannot, what was started is ended again.
 *
 * @param interrupt aborting it ends a start that is under way
 * @throws {StartFault} what is in the way, for the person at the terminal
 */
export async function startStack(
  settings: StackSettings,
  tell: Terminal,
  interrupt: AbortSignal,
): Promise<Stack> {
  const { folder, ports } = settings;
  const release = await claimDataFolder(folder, tell, interrupt);
  const supervisor = createSupervisor((event) => tell(describe(event)));
  const logs = setInterval(() => boundLogs(folder), CHECK_LOGS_EVERY_MS);
  const stop = async () => {
    clearInterval(logs);
    await supervisor.stop();
    release();
  };
  const onInterrupt = () => void supervisor.stop();
  interrupt.addEventListener('abort', onInterrupt, { once: true });
  try {
    await Promise.all(SERVICE_NAMES.map((name) => stopLeftoverService(name, runFolder(folder))));
    await checkPorts(settings);
    interrupt.throwIfAborted();
    await startParts(settings, supervisor, tell);
    interrupt.throwIfAborted();
  } catch (error) {
    await stop();
    throw error;
  } finally {
    interrupt.removeEventListener('abort', onInterrupt);
  }
  const address = (port: number) => `http://${loopback}:${port}`;
  return {
    ingest: address(ports.ingest),
    portal: address(ports.portal),
    exporter: address(ports.exporter),
    stop,
    kill: () => supervisor.kill(),
  };
}

/** Every port that is not free is named, with who holds it and how to choose another. */
async function checkPorts({ ports }: StackSettings): Promise<void> {
  const faults: string[] = [];
  for (const name of ['ingest', 'portal', 'exporter'] as const) {
    const port = ports[name];
    const state = await portState(port);
    if (state === 'free') continue;
    const holder = portHolder(port);
    const inUse = `is in gebruik${holder === undefined ? '' : ` door ${holder}`}`;
    const why = state === 'forbidden' ? 'mag niet worden gebruikt' : inUse;
    faults.push(`Poort ${port} voor ${name} ${why}; kies een andere met ${portVariables[name]}=…`);
  }
  if (faults.length > 0) throw new StartFault(faults.join('\n'));
}

async function startParts(settings: StackSettings, supervisor: Supervisor, tell: Terminal): Promise<void> {
  const { folder, ports, databaseUrl, natsUrl } = settings;
  const context = { folder, tell };
  const postgres = postgresPart(context);
  const nats = natsPart(context);
  if (databaseUrl !== undefined) tell('✔ PostgreSQL: de server van DATABASE_URL');
  if (natsUrl !== undefined) tell('✔ nats-server: de server van NATS_URL');
  await supervisor.start([
    ...(databaseUrl === undefined ? [postgres] : []),
    ...(natsUrl === undefined ? [nats] : []),
  ]);

  const stream = { NATS_URL: natsUrl ?? nats.url() };
  const both = { ...stream, DATABASE_URL: databaseUrl ?? postgres.url() };
  const residentKey = join(folder, 'resident-key.secret');
  keptSecret(residentKey, 'base64');
  // The calculator brings the database up to date; the others read it.
  await supervisor.start([servicePart(context, 'calculator', await freePort(), both)]);
  const localKeys = { LOCAL_KEYS: 'true' };
  await supervisor.start([
    servicePart(context, 'ingest', ports.ingest, {
      ...stream,
      ...localKeys,
      RESIDENT_KEY_SECRET_FILE: residentKey,
      DATA_FOLDER: join(folder, 'ingest'),
    }),
    servicePart(context, 'portal', ports.portal, { ...both, ...localKeys }),
    servicePart(context, 'exporter', ports.exporter, both),
  ]);
}

function describe(event: SupervisorEvent): string {
  switch (event.kind) {
    case 'ended':
      return `⚠ ${event.name} stopte onverwacht (${describeExit(event.exit)}) en wordt herstart …`;
    case 'back':
      return `✔ ${event.name} draait weer (na ${seconds(event.afterMs)})`;
    case 'failed': {
      const reason = event.error instanceof Error ? event.error.message : event.error;
      return `⚠ ${event.name} starten lukt nog niet: ${reason}`;
    }
  }
}

function boundLogs(folder: string): void {
  for (const name of ['PostgreSQL', 'nats-server', ...SERVICE_NAMES]) boundLog(logOf(folder, name));
}
