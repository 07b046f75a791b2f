/**
 * What the commands of back-up, restore and rebuild say of what cannot be done, before any server is asked.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { takeLock } from '../../infra/bootstrap/lock.mjs';
import { writeManifest } from '../../infra/src/backup/manifest.ts';
import { runProgram } from '../harness/run-program.ts';

const NOBODY = 'postgres://nobody:x@127.0.0.1:9/none';
const SERVERS = { DATABASE_URL: NOBODY, NATS_URL: 'nats://127.0.0.1:9' };
const folder = mkdtempSync(join(tmpdir(), 'effectstroom-commands-'));
const file = join(folder, 'file');
writeFileSync(file, '');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs one as an administrator would; a stack of calls is never what he sees. */
async function ran(
  command: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = SERVERS,
) {
  const program = command === 'rebuild' ? 'rebuild.ts' : `backup/${command}-command.ts`;
  const own = { EFFECTSTROOM_DATA: join(folder, 'data'), ...env };
  const { code, output } = await runProgram([join('infra', 'src', program), ...args], own);
  expect(output).not.toMatch(/^\s+at /m);
  return `${code} ${output}`;
}

test.each([
  ['backup', ['--recrd', folder], 'Onbekende optie: --recrd'],
  ['backup', ['--record=x', folder], 'Onbekende optie'],
  ['backup', [folder, folder], 'één map'],
  ['backup', ['--record', '--base', folder], 'Kies één'],
  ['backup', ['--base', '--only-erasures', folder], 'Kies één'],
  ['restore', ['--only', 'alles', folder], '--only kent'],
  ['restore', ['--archive', '--until', folder], '--archive vraagt een waarde'],
  ['restore', ['--until', '2026-01-01T00:00:00Z', folder], '--until vraagt --archive'],
  ['restore', ['--archive', folder, '--until', '2999-01-01T00:00:00Z', folder], 'in de toekomst'],
  ['restore', ['--erase-again', '--only', 'files', folder], 'andere opties'],
  ['rebuild', ['--chek'], 'Onbekende optie: --chek'],
  ['rebuild', ['map'], 'Onbekend: map'],
])('wrong use of %s (%j) is told in Dutch, with code 2', async (command, args, says) => {
  const said = await ran(command, args, {});
  expect(said).toMatch(/^2 /);
  expect(said).toContain(says);
});

test('a folder that cannot hold back-ups is told at once', async () => {
  for (const target of [file, join(file, 'under'), '/proc/none/such'])
    expect(await ran('backup', [target])).toMatch(/^1 ✘ In .* kan geen reservekopie komen/);
});

test.concurrent('one back-up at a time is made in a folder', async () => {
  const backups = join(folder, 'busy');
  for (const [name, args, says] of [
    ['backup.lock', [], 'wordt al een reservekopie gemaakt'],
    ['erased.json.lock', ['--only-erasures'], 'is in gebruik'],
  ] as const) {
    const lock = takeLock(join(backups, name));
    expect(await ran('backup', [backups, ...args])).toMatch(new RegExp(`^1 .*${says}.*${process.pid}`));
    if ('release' in lock) lock.release();
  }
}, 90_000);

test.concurrent('a nats-server that is away or silent ends a back-up within seconds', async () => {
  const silent = createServer(() => undefined).listen(0, '127.0.0.1');
  const address = silent.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const tried = [SERVERS.NATS_URL, `nats://127.0.0.1:${port}`].map(async (NATS_URL, at) => {
    const backups = join(folder, `away-${at}`);
    const said = await ran('backup', [backups], { ...SERVERS, NATS_URL });
    return { said, left: readdirSync(backups) };
  });
  try {
    for (const { said, left } of await Promise.all(tried)) {
      expect(said).toContain('nats-server antwoordt niet binnen');
      expect(left).toEqual([]);
    }
  } finally {
    silent.close();
  }
}, 90_000);

test('erasing again wants the list, and says which folder has it and who does not answer', async () => {
  const backups = join(folder, 'backups');
  const one = join(backups, '2026-11-22T13.00.00Z');
  mkdirSync(one, { recursive: true });
  expect(await ran('restore', ['--erase-again', one])).toMatch(`map van alle reservekopieën: ${backups}`);
  const hash = createHash('sha256').digest('hex');
  const erasure = '11111111-1111-4111-8111-111111111111';
  const list = [{ erasure, organisation: 'meerwaarde', hash, appliedAt: null }];
  writeFileSync(join(backups, 'erased.json'), JSON.stringify(list));
  const env = { ...SERVERS, PORTAL_PORT: '9' };
  expect(await ran('restore', ['--erase-again', backups], env)).toContain(
    'http://127.0.0.1:9/v1/status antw',
  );
  writeFileSync(join(backups, 'erased.json'), '{');
  expect(await ran('restore', ['--erase-again', backups])).toContain('geen lijst');
});

test('a log is only for a copy of the cluster', async () => {
  const dump = join(folder, 'dump');
  mkdirSync(dump);
  await writeManifest(dump, { madeAt: '2026-11-22T13:00:00Z', programs: {}, database: 'dump' });
  expect(await ran('restore', [dump, '--archive', folder])).toMatch(/^2 .*met --base is gemaakt/);
  expect(existsSync(join(folder, 'data', 'postgres'))).toBe(false);
});

test('files go where they were backed up from, and never over others', async () => {
  const from = join(folder, 'files');
  mkdirSync(join(from, 'files', 'reports'), { recursive: true });
  writeFileSync(join(from, 'files', 'ingest.sqlite'), 'delivered');
  writeFileSync(join(from, 'files', 'reports', 'march.html'), 'report');
  await writeManifest(from, { madeAt: '2026-11-22T13:00:00Z', programs: {}, database: 'dump' });
  const [INGEST_FOLDER, REPORTS_FOLDER] = [join(folder, 'volume-1'), join(folder, 'volume-2')];
  const restore = () => ran('restore', [from, '--only', 'files'], { INGEST_FOLDER, REPORTS_FOLDER });
  expect(await restore()).toMatch(/^0 /);
  expect(readdirSync(INGEST_FOLDER)).toEqual(['ingest.sqlite']);
  expect(readdirSync(REPORTS_FOLDER)).toEqual(['march.html']);
  expect(await restore()).toMatch(/^1 .*is niet leeg/);
});

test('a rebuild that cannot be done is told from one that found differences', async () => {
  expect(await ran('rebuild', ['--check'])).toMatch(/^3 /);
  expect(await ran('rebuild', ['--check'], {})).toMatch(/^3 .*geen gegevens/);
});
