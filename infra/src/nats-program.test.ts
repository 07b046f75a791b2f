import { expect, test } from 'vitest';
import { configuration } from './nats.ts';
import { isBefore, versionIn } from './nats-program.ts';

test('reads what nats-server says of its version', () => {
  expect(versionIn('nats-server: v2.9.10\n')).toEqual([2, 9, 10]);
  expect(versionIn('nats-server: v2.12.0-RC.1')).toEqual([2, 12, 0]);
  expect(versionIn('command not found')).toBeUndefined();
});

test('compares versions by number', () => {
  expect(isBefore([2, 9, 25], [2, 10])).toBe(true);
  expect(isBefore([2, 10, 0], [2, 10])).toBe(false);
  expect(isBefore([3, 0, 0], [2, 10])).toBe(false);
});

test('only a server that knows sync_interval gets it', () => {
  expect(configuration('/data/"nats"', 4222, 'secret', true)).toContain('sync_interval: always');
  const older = configuration('/data/"nats"', 4222, 'secret', false);
  expect(older).not.toContain('sync_interval');
  expect(older).toContain('store_dir: "/data/\\"nats\\""');
});
