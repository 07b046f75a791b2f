import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ReplicaLag } from './replica-lag.ts';

test('a replica that has everything is behind by the time since the look', () => {
  const lag = new ReplicaLag();
  lag.primarySeen(1_000, 50n);
  lag.replicaSeen(1_010, 50n, 9_000);
  expect(lag.behindMs(1_500)).toBe(500);
});

test('what was never heard of is not known; the last commit that was replayed bounds it', () => {
  const lag = new ReplicaLag();
  expect(lag.behindMs(1_000)).toBeUndefined();
  lag.replicaSeen(5_000, 50n, undefined);
  expect(lag.behindMs(5_000)).toBeUndefined();
  lag.replicaSeen(6_000, 50n, 2_000);
  expect(lag.behindMs(6_500)).toBe(2_500);
});

test('it grows while the replica stands still, and while the primary is not heard', () => {
  const lag = new ReplicaLag();
  for (let second = 0; second < 10; second++) {
    lag.primarySeen(second * 1_000, BigInt(second));
    lag.replicaSeen(second * 1_000, 3n, undefined);
  }
  expect(lag.behindMs(9_000)).toBe(6_000);
  lag.replicaSeen(10_000, 9n, undefined);
  expect(lag.behindMs(10_000)).toBe(1_000);
  lag.replicaSeen(60_000, 9n, undefined);
  expect(lag.behindMs(60_000)).toBe(51_000);
});

test('it is ahead where it had what the primary, asked afterwards, has not written', () => {
  const lag = new ReplicaLag();
  lag.replicaSeen(1_000, 50n, undefined, 1_200);
  lag.primarySeen(1_100, 40n);
  expect(lag.isAhead).toBe(false);
  lag.replicaSeen(2_000, 50n, undefined, 2_200);
  lag.primarySeen(2_100, 40n);
  expect(lag.isAhead).toBe(true);
  lag.primarySeen(3_000, 50n);
  expect(lag.isAhead).toBe(false);
});

test('it is never less than the truth, whatever is seen when', () => {
  const step = fc.record({ wait: fc.nat(3_000), written: fc.nat(5), replayed: fc.nat(8), sees: fc.nat(3) });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const lag = new ReplicaLag();
      let [now, primary, replica] = [0, 0, 0];
      const written: { at: number; position: number }[] = [{ at: 0, position: 0 }];
      for (const { wait, written: more, replayed, sees } of steps) {
        now += wait;
        primary += more;
        if (more > 0) written.push({ at: now, position: primary });
        replica = Math.min(primary, replica + replayed);
        if (sees & 1) lag.primarySeen(now, BigInt(primary));
        if (sees & 2) lag.replicaSeen(now, BigInt(replica), undefined);
        // It lacks what was written first after its position.
        const lacks = written.find(({ position }) => position > replica);
        const truth = lacks === undefined ? 0 : now - lacks.at;
        const said = lag.behindMs(now);
        if (said !== undefined) expect(said).toBeGreaterThanOrEqual(truth);
      }
    }),
  );
});
