/** The primary is lost for good: a replica takes its place, and the stream brings what it had not got. */
import { connect } from '@effectstroom/database';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { audit } from '../harness/auditor.ts';
import { faultsAgainst } from '../harness/faults-against.ts';
import { pendingOf } from '../harness/pending.ts';
import { until } from '../harness/until.ts';
import { manyCases, usePipeline } from '../pipeline/fixtures.ts';
import { replicaOf } from './following.ts';

const world = usePipeline();
const { pipeline } = world;
const replica = replicaOf(pipeline);

test('calculators go on in a replica that was promoted, with exact totals', { timeout: 90_000 }, async () => {
  const { calculator, portal, postgres } = pipeline;
  await world.sendAll(manyCases('before', 100));
  await replica.start();
  await pipeline.settled();
  // What comes now, the replica never gets.
  await replica.stop();
  await world.sendAll(manyCases('missed', 100));
  await pipeline.settled();
  await postgres.kill();
  await world.sendAll(manyCases('without', 100));

  await replica.start();
  const { url } = replica.running;
  const db = connect({ url, applicationName: 'test' });
  try {
    await sql`SELECT pg_promote()`.execute(db);
    const { rows } = await sql<{ recorded: number }>`SELECT count(*)::integer AS recorded FROM event`.execute(
      db,
    );
    expect(rows[0]?.recorded).toBeLessThan(200);
    await Promise.all([calculator.stop(), portal.stop()]);
    const services = (['calculator', 'portal'] as const).map((name) =>
      pipeline.service(name, { DATABASE_URL: url }, `${name}-promoted`),
    );
    await Promise.all(services.map((service) => service.start()));
    await world.sendAll(manyCases('after', 100));
    const asked = services.at(-1)?.running.url ?? '';
    await until(async () => (await pendingOf(asked)) === 0, 'all is in', 30_000);
    expect(await faultsAgainst({ db, url }, audit(world.accepted, world.book))).toEqual([]);
    await Promise.all(services.map((service) => service.stop()));
  } finally {
    await db.destroy();
    await replica.stop();
  }
});
