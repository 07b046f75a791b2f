import type { z } from 'zod';
import { ConfigError, describeConfig, type Environment, readConfig } from './config.ts';
import { type Lifecycle, runLifecycle } from './lifecycle.ts';
import { createLog, type Logger, type LogLevel } from './log.ts';

/** A service as a command: what it is called, how it is configured and how its parts start. */
export interface Service<Schema extends z.ZodObject> {
  name: string;
  /** One sentence, for `--help`. */
  description: string;
  /** Environment variables; `LOG_LEVEL` among them. */
  configSchema: Schema;
  start(config: Readonly<z.infer<Schema>>, log: Logger, lifecycle: Lifecycle): Promise<void>;
}

/**
 * Runs a service from its command line: `--help` prints its variables, `--check` only checks the
 * configuration, nothing starts it. A wrong configuration or flag ends with exit code 2 and says what to
 * change.
 */
export async function runService<Schema extends z.ZodObject<{ LOG_LEVEL: z.ZodType<LogLevel> }>>(
  service: Service<Schema>,
  flags: readonly string[],
  environment: Environment,
): Promise<void> {
  if (flags.includes('--help')) {
    process.stdout.write(helpOf(service));
    return;
  }
  const unknown = flags.find((flag) => flag !== '--check');
  if (unknown !== undefined) {
    process.stderr.write(`${service.name}: unknown flag, use --help\n`);
    process.exitCode = 2;
    return;
  }
  let config: Readonly<z.infer<Schema>>;
  try {
    config = readConfig(service.configSchema, environment);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    process.stderr.write(`${service.name}: ${error.message}\n`);
    process.exitCode = 2;
    return;
  }
  if (flags.includes('--check')) {
    process.stdout.write(`${service.name}: the configuration is right\n`);
    return;
  }
  const log = createLog(service.name, config.LOG_LEVEL);
  await runLifecycle(log, (lifecycle) => service.start(config, log, lifecycle));
}

function helpOf(service: Service<z.ZodObject>): string {
  return [
    `${service.name}: ${service.description}`,
    '',
    'Flags:',
    '  --help                    prints this',
    '  --check                   checks the configuration and ends',
    '',
    'Environment variables:',
    ...describeConfig(service.configSchema),
    '',
  ].join('\n');
}
