/** Where the time of one calculator goes, and of four: rounds of their own, that do not count. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Table } from '../reports/report.ts';
import { applyStream } from './calculator-rounds.ts';
import { withFreshDatabase } from './fresh-database.ts';
import { readProfiles } from './profile.ts';
import { type ProfiledRun, profileTables } from './profile-table.ts';
import type { Servers } from './servers.ts';

const PROFILED = [
  { workers: 1, subject: 'one calculator' },
  { workers: 4, subject: 'four calculators' },
];

/** Of everything in the stream. */
export async function profileCalculators(servers: Servers, events: number): Promise<Table[]> {
  const runs: ProfiledRun[] = [];
  for (const { workers, subject } of PROFILED) {
    const profileFolder = join(servers.folder, `profile-${workers}`);
    mkdirSync(profileFolder);
    await withFreshDatabase(servers.databaseUrl, (database) =>
      applyStream(servers, database, { events, workers, profileFolder }),
    );
    runs.push({ subject, time: readProfiles(profileFolder), events });
  }
  return profileTables('bench-calculator-profile', runs);
}
