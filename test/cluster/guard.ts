/**
 * Proof that no two workers wrote the same partition: PostgreSQL itself notes, in the transaction that moves a
 * partition's position, whether the session holds the partition's lock, and where it moved from and to.
 */
import { type Database, PARTITION_LOCK } from '@effectstroom/database';
import { type Kysely, sql } from 'kysely';

export interface Guarded {
  moves: number;
  /** Times that a partition passed from one session to another. */
  handovers: number;
  /** Epochs of the stream: more than one means that a worker took the stream for another one. */
  epochs: number;
  /** In sentences; none is right. */
  faults: string[];
}

/** From now on every move is noted. */
export async function setGuard(db: Kysely<Database>): Promise<void> {
  await sql`CREATE SCHEMA watched`.execute(db);
  await sql`CREATE TABLE watched.move (
    number bigserial PRIMARY KEY, partition smallint NOT NULL, pid integer NOT NULL, begun timestamptz NOT NULL,
    epoch integer NOT NULL, moved_from bigint NOT NULL, moved_to bigint NOT NULL, holds boolean NOT NULL)`.execute(
    db,
  );
  await sql`CREATE FUNCTION watched.note() RETURNS trigger LANGUAGE plpgsql AS ${sql.raw(`$$
    BEGIN
      INSERT INTO watched.move (partition, pid, begun, epoch, moved_from, moved_to, holds)
      SELECT new.partition, a.pid, a.backend_start, new.epoch, old.sequence, new.sequence, EXISTS (
        SELECT FROM pg_locks l WHERE l.locktype = 'advisory' AND l.pid = a.pid AND l.granted
          AND l.mode = 'ExclusiveLock' AND l.classid = ${PARTITION_LOCK} AND l.objid = new.partition::oid)
      FROM pg_stat_activity a WHERE a.pid = pg_backend_pid();
      RETURN NULL;
    END $$`)}`.execute(db);
  await sql`CREATE TRIGGER noted AFTER UPDATE OF sequence ON partition_position
    FOR EACH ROW EXECUTE FUNCTION watched.note()`.execute(db);
}

/** What was noted. */
export async function readGuard(db: Kysely<Database>): Promise<Guarded> {
  const { rows } = await sql<{
    moves: number;
    handovers: number;
    unheld: number;
    jumps: number;
    epochs: number;
  }>`
    WITH move AS (
      SELECT *, lag(moved_to) OVER same AS before, lag((pid, begun)) OVER same AS earlier FROM watched.move
      WINDOW same AS (PARTITION BY partition, epoch ORDER BY number))
    SELECT count(*)::integer AS moves, (count(*) FILTER (WHERE NOT holds))::integer AS unheld,
      (count(*) FILTER (WHERE before <> moved_from))::integer AS jumps,
      (count(*) FILTER (WHERE earlier <> (pid, begun)))::integer AS handovers,
      (SELECT count(*)::integer FROM stream) AS epochs
    FROM move`.execute(db);
  const { moves, handovers, unheld, jumps, epochs } = rows[0] ?? {
    moves: 0,
    handovers: 0,
    unheld: 0,
    jumps: 0,
    epochs: 0,
  };
  const faults: string[] = [];
  if (moves === 0) faults.push('no move of a position was noted: the guard does not work');
  if (unheld > 0) faults.push(`${unheld} moves of a position by a session that did not hold its partition`);
  if (jumps > 0) faults.push(`${jumps} moves of a position that did not begin where the one before ended`);
  if (epochs !== 1) faults.push(`${epochs} epochs: the stream was taken for another one`);
  return { moves, handovers, epochs, faults };
}
