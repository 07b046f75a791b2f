/** Twenty processes that start at once bring the schema up to date once. */
import { connect, isMigrated, migrate } from '@effectstroom/database';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Pipeline } from '../harness/pipeline.ts';

const pipeline = new Pipeline();

beforeAll(() => pipeline.start([]));
afterAll(() => pipeline.end());

test('twenty migrators at once apply each migration once', async () => {
  const { url } = pipeline.postgres.running;
  const migrators = Array.from({ length: 20 }, (_, number) =>
    connect({ url, applicationName: `migrator ${number}`, connectionsMax: 1 }),
  );
  try {
    expect(await isMigrated(pipeline.db)).toBe(false);
    const applied = await Promise.all(migrators.map((db) => migrate(db)));
    const { rows } = await sql<{ name: string }>`SELECT name FROM migration ORDER BY name`.execute(
      pipeline.db,
    );
    expect(applied.flat().sort()).toEqual(rows.map(({ name }) => name));
    expect(applied.filter((names) => names.length > 0)).toHaveLength(1);
    expect(await isMigrated(pipeline.db)).toBe(true);
  } finally {
    await Promise.all(migrators.map((db) => db.destroy()));
  }
});
