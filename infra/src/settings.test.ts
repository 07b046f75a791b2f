import { expect, test } from 'vitest';
import { readArguments, readSettings } from './settings.ts';

test('no argument asks for the replay, and to stay', () => {
  expect(readArguments([])).toEqual({ empty: false, exit: false, help: false });
  expect(readArguments(['--empty', '--exit'])).toEqual({ empty: true, exit: true, help: false });
});

test.each([['--frob'], ['--empty=1'], ['frob'], ['-e'], ['--'], ['--no-empty']])(
  '%s is refused',
  (argument) => {
    expect(() => readArguments(['--exit', argument])).toThrow(argument);
  },
);

test('an empty variable is as one that is not set', () => {
  const settings = readSettings({ INGEST_PORT: '', EFFECTSTROOM_DATA: '', DATABASE_URL: '' });
  expect(settings.ports).toEqual({ ingest: 8080, portal: 8090, exporter: 9464 });
  expect(settings.folder).toMatch(/\.effectstroom$/);
  expect(settings.databaseUrl).toBeUndefined();
});

test('every fault is named at once, and no password', () => {
  const read = () =>
    readSettings({
      INGEST_PORT: '0',
      PORTAL_PORT: '70000',
      DATABASE_URL: 'mysql://user:secret@host',
      NATS_URL: 'x',
    });
  expect(read).toThrow(/INGEST_PORT[\s\S]*PORTAL_PORT[\s\S]*DATABASE_URL[\s\S]*NATS_URL/);
  expect(read).not.toThrow('secret');
});

test('two services cannot have one port', () => {
  expect(() => readSettings({ INGEST_PORT: '8090' })).toThrow('moeten verschillen');
});
