import { expect, test } from 'vitest';
import { whereToLook } from './where-to-look.ts';

const stack = {
  ...{ ingest: 'http://127.0.0.1:1', portal: 'http://127.0.0.1:2', exporter: 'http://127.0.0.1:3' },
  reader: { address: 'postgres://effectstroom_lezer@127.0.0.1:4/effectstroom', secretFile: "/o'b/lezer" },
  ...{ stop: async () => undefined, kill: () => undefined },
};

test('the board comes first, with the key that opens it', () => {
  const lines = whereToLook(stack).trim().split('\n');
  expect(lines[1]).toMatch(/het bord +http:\/\/127\.0\.0\.1:2\/ \(inloggen met local-read\)/);
});

test('the password of readers is not shown, but the file it is in, as a shell takes it', () => {
  expect(whereToLook(stack)).toContain(
    "PGPASSWORD=$(cat '/o'\\''b/lezer') psql postgres://effectstroom_lezer@",
  );
});

test("on somebody else's PostgreSQL there is no reader to tell of", () => {
  expect(whereToLook({ ...stack, reader: undefined })).not.toContain('psql');
});
