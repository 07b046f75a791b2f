/** Every kind of fault: one line each. */
import type { Fault } from './fault.ts';
import { clockJump } from './kinds/clock-jump.ts';
import { jumble, redeliver, repeat } from './kinds/deliver.ts';
import { diskFull } from './kinds/disk-full.ts';
import { freezeOf } from './kinds/freeze.ts';
import { killBackend, killOf, killSeveral } from './kinds/kill.ts';
import { loseAnswers } from './kinds/lose-answers.ts';
import { isolation, partition } from './kinds/partition.ts';
import { previousVersion } from './kinds/previous-version.ts';
import { refusePostgres } from './kinds/refuse.ts';
import { resetOf } from './kinds/reset.ts';
import { slowDisk } from './kinds/slow-disk.ts';

export const KINDS: readonly Fault[] = [
  previousVersion,
  killOf('ingest'),
  killOf('calculator', 'second'),
  killOf('portal'),
  killOf('exporter'),
  killOf('nats'),
  killOf('postgres'),
  killBackend,
  killSeveral,
  freezeOf('ingest'),
  freezeOf('calculator', 'second'),
  freezeOf('portal'),
  freezeOf('exporter'),
  freezeOf('nats'),
  freezeOf('postgres'),
  refusePostgres,
  resetOf('ingest', 20_000),
  resetOf('nats', 100_000),
  resetOf('postgres', 100_000),
  loseAnswers,
  repeat,
  jumble,
  redeliver,
  clockJump,
  slowDisk('nats'),
  slowDisk('postgres'),
  diskFull('nats'),
  diskFull('postgres'),
  partition(),
  isolation(),
];
