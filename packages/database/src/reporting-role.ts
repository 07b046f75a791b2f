/** The role that Grafana and other readers of SQL sign in with: it sees `reporting` and nothing else. */
import { type Kysely, sql, type Transaction } from 'kysely';
import type { Database } from './tables.ts';

export const REPORTING_ROLE = 'effectstroom_lezer';

const CONNECTIONS_MAX = 20;

/** Roles belong to the whole server: those who make them wait for one another. Any fixed number. */
const ROLE_LOCK = 7_246_007;

/**
 * What its sessions start with. They could set these otherwise: what the role may do is in its grants.
 * PostgreSQL must not compile queries (jit): that takes longer than a panel.
 */
const SETTINGS = {
  default_transaction_read_only: 'on',
  statement_timeout: '15s',
  idle_in_transaction_session_timeout: '30s',
  search_path: 'reporting',
  timezone: 'Europe/Amsterdam',
  work_mem: '32MB',
  jit: 'off',
} as const;

/**
 * Functions of PostgreSQL that everyone may call and that do harm: locks, on which a calculator would wait, large
 * objects and messages in the log of changes, which are written. Not pg_notify: NOTIFY cannot be taken from anyone,
 * and nothing of the product listens.
 */
const HARMFUL = '^(pg_(try_)?advisory_.*|lo_.*|loread|lowrite|pg_logical_emit_message)$';

/**
 * Makes the role in a migrated database, or brings it up to date: password, settings and rights. Needs the
 * rights to make roles, and to grant what the tables' owner has.
 * @param password kept by PostgreSQL as a SCRAM verifier
 * @returns whether it is without harmful functions: only a superuser can take those from everyone
 */
export async function createReportingRole(db: Kysely<Database>, password: string): Promise<boolean> {
  return db.transaction().execute(async (tx) => {
    await sql`SELECT pg_advisory_xact_lock(${ROLE_LOCK})`.execute(tx);
    await makeRole(tx, password);
    await grantReporting(tx);
    if (await isSuperuser(tx)) await takeHarmfulFunctions(tx);
    return (await harmfulFunctions(tx)).length === 0;
  });
}

/**
 * The address of a database for the role.
 * @param url of the same database for another user
 */
export function reportingUrl(url: string, password: string): string {
  const address = new URL(url);
  address.username = REPORTING_ROLE;
  address.password = password;
  return address.href;
}

/** What is not said here is off by default; who is no superuser may not say all of it. */
async function makeRole(tx: Transaction<Database>, password: string): Promise<void> {
  const role = sql.id(REPORTING_ROLE);
  const { rows } = await sql`SELECT FROM pg_roles WHERE rolname = ${REPORTING_ROLE}`.execute(tx);
  if (rows.length === 0) await sql`CREATE ROLE ${role}`.execute(tx);
  await sql`ALTER ROLE ${role} LOGIN NOINHERIT
    CONNECTION LIMIT ${sql.lit(CONNECTIONS_MAX)} PASSWORD ${sql.lit(password)}`.execute(tx);
  for (const [name, value] of Object.entries(SETTINGS))
    await sql`ALTER ROLE ${role} SET ${sql.raw(name)} = ${sql.lit(value)}`.execute(tx);
}

/** Also on views that later migrations make; and no temporary tables, which fill the disk. */
async function grantReporting(tx: Transaction<Database>): Promise<void> {
  const role = sql.id(REPORTING_ROLE);
  const { rows } = await sql<{ name: string }>`SELECT current_database() AS name`.execute(tx);
  const database = sql.id(rows[0]?.name ?? '');
  await sql`GRANT CONNECT ON DATABASE ${database} TO ${role}`.execute(tx);
  await sql`REVOKE TEMPORARY ON DATABASE ${database} FROM PUBLIC`.execute(tx);
  await sql`GRANT USAGE ON SCHEMA reporting TO ${role}`.execute(tx);
  await sql`GRANT SELECT ON ALL TABLES IN SCHEMA reporting TO ${role}`.execute(tx);
  await sql`GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA reporting TO ${role}`.execute(tx);
  await sql`ALTER DEFAULT PRIVILEGES IN SCHEMA reporting GRANT SELECT ON TABLES TO ${role}`.execute(tx);
  await sql`ALTER DEFAULT PRIVILEGES IN SCHEMA reporting GRANT EXECUTE ON FUNCTIONS TO ${role}`.execute(tx);
}

async function isSuperuser(tx: Transaction<Database>): Promise<boolean> {
  const { rows } = await sql<{ is: boolean }>`SELECT rolsuper AS is FROM pg_roles
    WHERE rolname = current_user`.execute(tx);
  return rows[0]?.is ?? false;
}

interface HarmfulFunction {
  /** With its arguments, as GRANT wants it. */
  name: string;
  /** Of schema `reporting`. */
  owner: string;
}

/** Those that the role may call. */
async function harmfulFunctions(tx: Transaction<Database>): Promise<HarmfulFunction[]> {
  const { rows } = await sql<HarmfulFunction>`
    SELECT p.oid::regprocedure::text AS name, owner.rolname AS owner
    FROM pg_proc p CROSS JOIN (
      SELECT rolname FROM pg_roles JOIN pg_namespace ON nspowner = pg_roles.oid WHERE nspname = 'reporting'
    ) AS owner
    WHERE p.pronamespace = 'pg_catalog'::regnamespace AND p.proname ~ ${HARMFUL}
      AND has_function_privilege(${REPORTING_ROLE}, p.oid, 'EXECUTE')`.execute(tx);
  return rows;
}

/** Leaves them to the owner of the tables, whose calculators lock with them. */
async function takeHarmfulFunctions(tx: Transaction<Database>): Promise<void> {
  for (const { name, owner } of await harmfulFunctions(tx)) {
    await sql`REVOKE EXECUTE ON FUNCTION ${sql.raw(name)} FROM PUBLIC`.execute(tx);
    await sql`GRANT EXECUTE ON FUNCTION ${sql.raw(name)} TO ${sql.id(owner)}`.execute(tx);
  }
}
