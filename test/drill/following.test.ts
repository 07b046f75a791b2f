/** What a back-up of the record leaves out is what the rebuild makes anew, and nothing else. */
import { expect, test } from 'vitest';
import { FOLLOWING } from '../../infra/src/backup/database-dump.ts';
import { SIDE_TABLES } from '../../packages/database/src/rebuild/side-tables.ts';

/** The rebuild makes these from the record and from what they themselves hold. */
const ALSO_KEPT = ['quarantine', 'partition_position'];

test('the tables that are left out', () => {
  const made: readonly string[] = SIDE_TABLES;
  expect([...FOLLOWING, ...ALSO_KEPT].sort()).toEqual([...made].sort());
});
