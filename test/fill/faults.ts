import { ASSESSMENT_SOURCE } from '@effectstroom/contracts';
import { type Database, eventFaults, ledgerFaults, sourceFaults, totalFaults } from '@effectstroom/database';
import type { Kysely } from 'kysely';

const FAULTS_MAX = 5;

/**
 * What does not add up, by the checks that PostgreSQL does itself; the calculator's own look at every case
 * too.
 */
export async function faultsOf(db: Kysely<Database>): Promise<string[]> {
  return [
    ...(await totalFaults(db, FAULTS_MAX)),
    ...(await eventFaults(db, FAULTS_MAX)),
    ...(await ledgerFaults(db, FAULTS_MAX)),
    ...(await sourceFaults(db, ASSESSMENT_SOURCE, FAULTS_MAX)),
  ];
}
