import { claimDataFolder } from './data-folder.ts';
import { boundLog } from './log-file.ts';
import { freePort, loopback, portHolder, portState } from './ports.ts';
import { describeExit } from './running.ts';
import { type ServiceName, stopLeftoverService } from './service.ts';
import { readerAddress, readerSecret, type ServerAddresses, serviceVariables } from './service-variables.ts';
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
  /** For tools that read the PostgreSQL of the stack: an address without the password, which is in a file. */
  reader: { address: string; secretFile: string } | undefined;
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
  const { folder } = settings;
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
    const servers = await startParts(settings, supervisor, tell);
    interrupt.throwIfAborted();
    return standing(settings, servers, { stop, kill: () => supervisor.kill() });
  } catch (error) {
    await stop();
    throw error;
  } finally {
    interrupt.removeEventListener('abort', onInterrupt);
  }
}

/** The addresses of a stack that stands, with how to end it. */
function standing(
  { ports, folder, databaseUrl }: StackSettings,
  servers: ServerAddresses,
  ends: Pick<Stack, 'stop' | 'kill'>,
): Stack {
  const address = (port: number) => `http://${loopback}:${port}`;
  const reader = { address: readerAddress(servers.databaseUrl), secretFile: readerSecret(folder) };
  return {
    ingest: address(ports.ingest),
    portal: address(ports.portal),
    exporter: address(ports.exporter),
    reader: databaseUrl === undefined ? reader : undefined,
    ...ends,
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

/** Starts the servers, then the services. @returns where the servers are */
async function startParts(
  settings: StackSettings,
  supervisor: Supervisor,
  tell: Terminal,
): Promise<ServerAddresses> {
  const { folder, ports, databaseUrl, natsUrl } = settings;
  const context = { folder, tell, archive: settings.archive };
  const postgres = postgresPart(context);
  const nats = natsPart(context);
  if (databaseUrl !== undefined) tell('✔ PostgreSQL: de server van DATABASE_URL');
  if (natsUrl !== undefined) tell('✔ nats-server: de server van NATS_URL');
  await supervisor.start([
    ...(databaseUrl === undefined ? [postgres] : []),
    ...(natsUrl === undefined ? [nats] : []),
  ]);

  const servers = { databaseUrl: databaseUrl ?? postgres.url(), natsUrl: natsUrl ?? nats.url() };
  const variables = serviceVariables(settings, servers);
  // The calculator brings the database up to date; the others read it.
  await supervisor.start([servicePart(context, 'calculator', await freePort(), variables.calculator)]);
  await supervisor.start([
    servicePart(context, 'ingest', ports.ingest, variables.ingest),
    servicePart(context, 'portal', ports.portal, variables.portal),
    servicePart(context, 'exporter', ports.exporter, variables.exporter),
  ]);
  return servers;
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
