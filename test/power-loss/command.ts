/** The command line of `npm run faults -- --power-loss`. */
import { requireDisks } from '../machines/disk-image.ts';
import { natsServers } from '../machines/nats-servers.ts';
import { inPrivateNamespace } from '../machines/private-namespace.ts';
import { type Command, numberOf, parse } from '../reports/command-line.ts';
import { measurePowerLoss, type PowerLossOptions } from './measure.ts';
import { REPORT } from './power-loss-report.ts';

const HELP = `npm run faults -- --power-loss [options]: what settings give away when the power fails

nats-server (that of the local stack, and those of newer releases of Debian, fetched once) with and without
sync_interval: always, PostgreSQL with and without fsync, and the whole product, each under load on a disk of
its own that is found as it was at some moments. Needs root (loop mounts, in namespaces of the run's own).

  --moments <n>   power failures of each setting, 1 to 50 (6)
  --seconds <n>   seconds of load in which they fall, 5 to 600 (100)
  --seed <n>      moments and events are drawn from it (1)
  --keep          also keeps the report for the documents (test/measured)
  --help          prints this

Exit code 0 when only settings that may lose something did; 1 when others did, or nothing was lost at all:
then the measurement sees no loss and proves nothing. 2 for a wrong option.
`;

export const POWER_LOSS: Command<PowerLossOptions> = {
  name: 'npm run faults',
  help: HELP,
  read: readPowerLossOptions,
  failed: () => REPORT,
  run: async (options, context) => {
    requireDisks();
    // Before the network is left.
    const servers = await natsServers(context.tell);
    context.signal.throwIfAborted();
    // Where mounts end with it, however it ends.
    return (await inPrivateNamespace()) ?? measurePowerLoss(servers, options, context);
  },
};

/** Reads the command line, `--power-loss` among it; 'help' where that was asked for. @throws OptionFault */
export function readPowerLossOptions(args: readonly string[]): PowerLossOptions | 'help' {
  const values = parse(args, ['moments', 'seconds', 'seed'], ['power-loss', 'keep']);
  if (values.help) return 'help';
  return {
    moments: numberOf('moments', values.moments, { min: 1, max: 50, otherwise: 6 }),
    // JetStream's default writes out every two minutes, Linux by itself after about half a minute.
    seconds: numberOf('seconds', values.seconds, { min: 5, max: 600, otherwise: 100 }),
    seed: numberOf('seed', values.seed, { min: 0, max: 999_999_999, otherwise: 1 }),
    keep: values.keep ?? false,
  };
}
