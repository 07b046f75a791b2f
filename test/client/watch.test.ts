import {
  appendFileSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { becomesTrue } from '@effectstroom/infra';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Client, ClientStack } from './client-stack.ts';
import { csvOf, MAPPING } from './exports.ts';

const stack = new ClientStack();

beforeAll(async () => {
  await stack.start();
  const mapping = stack.file('mapping.json', JSON.stringify(MAPPING));
  expect((await stack.runAs('local-admin', 'mapping', 'put', 'tests', mapping)).code).toBe(0);
});
afterAll(() => stack.end());

/** A folder that is watched, named for its test, as are its cases. */
class Inbox {
  readonly path: string;
  readonly #watchers: Client[] = [];

  constructor(name: string) {
    this.path = join(stack.folder, name);
    mkdirSync(this.path);
  }

  watch(...flags: string[]): Client {
    const watcher = stack.launch(['watch', this.path, '--mapping', 'tests', '--settle', '0.3', ...flags]);
    this.#watchers.push(watcher);
    return watcher;
  }

  /** Puts a file in as a whole, as SFTP programs do that write under another name first. */
  put(name: string, text: string): void {
    writeFileSync(join(this.path, `${name}.part`), text);
    renameSync(join(this.path, `${name}.part`), join(this.path, name));
  }

  in(folder: 'busy' | 'done' | 'refused' | '.'): string[] {
    const path = join(this.path, folder);
    return existsSync(path) ? readdirSync(path).sort() : [];
  }

  /** The files themselves, without when they were taken, reports and journals. */
  files(folder: 'busy' | 'done' | 'refused'): string[] {
    return this.in(folder)
      .filter((name) => !name.startsWith('.') && !/\.report\.(html|csv)/.test(name))
      .map((name) => name.replace(/^\d{4}-\d\d-\d\d-\d{6}-/, ''));
  }

  /** The text of the one file in a folder whose name ends so. */
  text(folder: 'done' | 'refused', ending: string): string {
    const name = this.in(folder).find((one) => one.endsWith(ending));
    return name === undefined ? '' : readFileSync(join(this.path, folder, name), 'utf8');
  }

  async has(folder: 'done' | 'refused', ...names: string[]): Promise<void> {
    const isThere = () => names.every((name) => this.files(folder).includes(name));
    if (await becomesTrue(isThere, 60_000)) return;
    const outputs = this.#watchers.map(({ output }) => output);
    throw new Error(`${names} never came in ${folder}:\n${outputs.join('\n---\n')}`);
  }
}

/** How many case events have cases named so, and of how many cases. */
async function eventsOf(prefix: string): Promise<[events: number, cases: number]> {
  const events = (await stack.publishedEvents()).filter(({ data }) => data.caseId.startsWith(`${prefix}-`));
  return [events.length, new Set(events.map(({ data }) => data.caseId)).size];
}

async function stop(watcher: Client): Promise<void> {
  watcher.kill('SIGTERM');
  expect(await watcher.ended).toMatchObject({ code: 0, out: expect.stringContaining('Gestopt.') });
}

describe('a file that arrives', () => {
  it('is taken once, with its reports beside it, the oldest first', async () => {
    const inbox = new Inbox('arrives');
    inbox.put('a.csv', csvOf('arrives-a', 40));
    inbox.put('b.csv', csvOf('arrives-b', 40));
    for (const name of ['.hidden.csv', 'c.csv.filepart', 'letter.doc'])
      inbox.put(name, csvOf('arrives-c', 1));
    const watcher = inbox.watch();
    await inbox.has('done', 'a.csv', 'b.csv');
    expect(inbox.in('.')).toEqual(expect.arrayContaining(['.hidden.csv', 'c.csv.filepart', 'letter.doc']));
    expect(inbox.in('busy')).toEqual([]);
    expect(inbox.text('done', 'a.csv.report.html')).toContain('<html lang="nl">');
    expect(inbox.text('done', 'b.csv.report.csv')).toContain('arrives-b-40');
    expect(watcher.output.indexOf('a.csv')).toBeLessThan(watcher.output.indexOf('b.csv'));
    expect(await Promise.all(['arrives-a', 'arrives-b', 'arrives-c'].map(eventsOf))).toEqual([
      [40, 40],
      [40, 40],
      [0, 0],
    ]);
    inbox.put('a.csv', csvOf('arrives-a', 41));
    await inbox.has('done', 'a.csv');
    expect(
      await becomesTrue(() => inbox.files('done').filter((name) => name === 'a.csv').length === 2, 60_000),
    ).toBe(true);
    expect(await eventsOf('arrives-a')).toEqual([41, 41]);
    await stop(watcher);
  });

  it('is left alone as long as it grows', async () => {
    const inbox = new Inbox('grows');
    const lines = csvOf('grows', 300).split('\r\n');
    const growing = join(inbox.path, 'growing.csv');
    const grow = () => appendFileSync(growing, `${lines.splice(0, 1).join('\r\n')}\r\n`);
    grow();
    const growth = setInterval(grow, 50);
    const watcher = inbox.watch();
    inbox.put('whole.csv', csvOf('grows-whole', 5));
    // That the other file was taken shows that this one was looked at, for longer than it has to rest.
    await inbox.has('done', 'whole.csv');
    expect([existsSync(growing), inbox.files('busy')]).toEqual([true, []]);
    clearInterval(growth);
    appendFileSync(growing, lines.join('\r\n'));
    await inbox.has('done', 'growing.csv');
    expect(await eventsOf('grows')).toEqual([305, 305]);
    await stop(watcher);
  });

  it('is read again when it turns out to have been stalled halfway', async () => {
    const inbox = new Inbox('stalled');
    const lines = csvOf('stalled', 8_000).split('\r\n');
    const file = openSync(join(inbox.path, 'slow.csv'), 'w');
    writeSync(file, `${lines.splice(0, 5_000).join('\r\n')}\r\n`);
    const watcher = inbox.watch();
    const isSent = () => inbox.in('busy').some((name) => name.endsWith('.import.json'));
    while (!isSent()) await turn();
    writeSync(file, lines.join('\r\n'));
    closeSync(file);
    await inbox.has('done', 'slow.csv');
    expect(watcher.output).toContain('veranderde nog tijdens het inlezen');
    expect(await eventsOf('stalled')).toEqual([8_000, 8_000]);
    await stop(watcher);
  });

  it('waits for its marker where markers are used', async () => {
    const inbox = new Inbox('marked');
    inbox.put('a.csv', csvOf('marked-a', 3));
    inbox.put('b.csv', csvOf('marked-b', 3));
    inbox.put('b.csv.ready', '');
    const watcher = inbox.watch('--marker');
    await inbox.has('done', 'b.csv');
    expect(inbox.in('.')).toEqual(expect.arrayContaining(['a.csv']));
    expect(inbox.in('.')).not.toContain('b.csv.ready');
    inbox.put('a.csv.ok', '');
    await inbox.has('done', 'a.csv');
    await stop(watcher);
  });
});

describe('what becomes of a file', () => {
  it('refused with its report where no row could be taken or read, done where some could', async () => {
    const inbox = new Inbox('outcomes');
    inbox.put('bad.csv', csvOf('outcomes-bad', 2, [1, 2]));
    inbox.put('junk.xlsx', 'PK\u0003\u0004 this is no workbook');
    inbox.put('partly.csv', csvOf('outcomes-partly', 3, [2]));
    inbox.put('empty.csv', '');
    const { code, out } = await inbox.watch('--once').ended;
    expect(code).toBe(1);
    expect(inbox.files('refused').sort()).toEqual(['bad.csv', 'empty.csv', 'junk.xlsx']);
    expect(inbox.files('done')).toEqual(['partly.csv']);
    for (const name of ['bad.csv', 'junk.xlsx', 'empty.csv']) {
      expect(inbox.text('refused', `${name}.report.html`)).toContain('<html lang="nl">');
      expect(inbox.text('refused', `${name}.report.csv`)).not.toBe('');
    }
    expect(inbox.text('done', 'partly.csv.report.csv')).toMatch(/3;outcomes-partly-2;geweigerd;B3;Datum/);
    expect(out).toContain('2 aangenomen, 0 ongewijzigd, 1 geweigerd');
    expect(out).not.toMatch(/outcomes-(bad|partly)-\d/);
    expect(await eventsOf('outcomes')).toEqual([2, 2]);
  });

  it('--once takes what is there and ends', async () => {
    const inbox = new Inbox('once');
    inbox.put('a.csv', csvOf('once', 3));
    expect((await inbox.watch('--once').ended).code).toBe(0);
    expect(inbox.files('done')).toEqual(['a.csv']);
    expect((await inbox.watch('--once').ended).code).toBe(0);
  });
});

describe('a watcher that is killed', () => {
  const CASES = 4_000;
  const busy = (inbox: Inbox, test: (name: string) => boolean) => inbox.in('busy').some(test);
  const isFile = (name: string) => !name.startsWith('.');
  const moments: [string, (inbox: Inbox) => boolean][] = [
    ['when it has claimed the file', (inbox) => busy(inbox, isFile)],
    ['when it has sent the file', (inbox) => busy(inbox, (name) => name.endsWith('.import.json'))],
    ['when it writes the report', (inbox) => inbox.in('done').length > 0 && busy(inbox, isFile)],
  ];

  it.each(moments)('%s, goes on when it is started again', async (_what, isReached) => {
    const at = moments.findIndex(([, test]) => test === isReached);
    // The moment may pass between two looks: then again with another file.
    for (let attempt = 1; ; attempt++) {
      const name = `killed-${at}-${attempt}`;
      const inbox = new Inbox(name);
      inbox.put('night.csv', csvOf(name, CASES));
      const first = inbox.watch();
      while (!isReached(inbox) && !inbox.files('done').includes('night.csv')) await turn();
      first.kill('SIGKILL');
      await first.ended;
      const isInBetween = inbox.files('busy').includes('night.csv');
      const second = inbox.watch();
      await inbox.has('done', 'night.csv');
      expect(await eventsOf(name)).toEqual([CASES, CASES]);
      expect([inbox.files('done'), inbox.files('refused')]).toEqual([['night.csv'], []]);
      expect(await becomesTrue(() => inbox.in('busy').length === 0, 10_000)).toBe(true);
      await stop(second);
      if (isInBetween) return;
      expect(attempt, 'the moment was never caught').toBeLessThan(20);
    }
  });

  it('again and again, at any moment, delivers every row once', async () => {
    const inbox = new Inbox('killed-often');
    const names = ['a', 'b', 'c'].map((name) => `${name}.csv`);
    for (const name of names) inbox.put(name, csvOf(`killed-often-${name[0]}`, CASES));
    const isDone = () => names.every((name) => inbox.files('done').includes(name));
    let kills = 0;
    // Each life is longer than the one before, so that every moment of the work sees its end.
    for (let life = 300; !isDone(); life += 97) {
      const watcher = inbox.watch();
      if (!(await becomesTrue(isDone, life))) kills++;
      watcher.kill('SIGKILL');
      const { code, err } = await watcher.ended;
      expect(code, err).toBe(-1);
      expect(kills, `no life got further: ${watcher.output}`).toBeLessThan(40);
    }
    expect(kills).toBeGreaterThan(3);
    expect(await eventsOf('killed-often')).toEqual([3 * CASES, 3 * CASES]);
    expect((await inbox.watch('--once').ended).code).toBe(0);
    expect([inbox.files('done').sort(), inbox.in('busy')]).toEqual([names, []]);
  }, 180_000);
});

describe('two watchers', () => {
  it('on one folder take every file once, and the second goes on when the first is killed', async () => {
    const inbox = new Inbox('two');
    const first = inbox.watch();
    await first.says('Bewaakt');
    await becomesTrue(() => inbox.in('.').includes('.effectstroom-watch.lock'), 20_000);
    const second = inbox.watch();
    await second.says(`Deze map wordt al bewaakt door proces ${first.pid}`);
    for (const name of ['a', 'b', 'c']) inbox.put(`${name}.csv`, csvOf(`two-${name}`, 50));
    await inbox.has('done', 'a.csv', 'b.csv', 'c.csv');
    expect(second.output).not.toContain('wordt ingelezen');
    const third = await inbox.watch('--once').ended;
    expect([third.code, third.out]).toEqual([0, expect.stringContaining('wordt al bewaakt')]);
    first.kill('SIGKILL');
    inbox.put('d.csv', csvOf('two-d', 50));
    await inbox.has('done', 'd.csv');
    expect(second.output).toContain('d.csv');
    expect(await eventsOf('two')).toEqual([200, 200]);
    await stop(second);
  });
});

describe('a server that is away', () => {
  it('is waited for, and the file is then taken', async () => {
    const inbox = new Inbox('away');
    const watcher = inbox.watch();
    await watcher.says('Bewaakt');
    inbox.put('before.csv', csvOf('away-before', 5));
    await inbox.has('done', 'before.csv');
    await stack.stopIngest();
    inbox.put('during.csv', csvOf('away-during', 5));
    await watcher.says('Wacht: de server is niet te bereiken');
    expect(inbox.files('busy')).toEqual(['during.csv']);
    await stack.startIngest();
    await inbox.has('done', 'during.csv');
    expect(watcher.output).toContain('De server antwoordt weer.');
    expect(await eventsOf('away')).toEqual([10, 10]);
    await stop(watcher);
  });

  it('tells at once of a key or mapping that is wrong', async () => {
    const inbox = new Inbox('wrong');
    const key = await stack.launch(['watch', inbox.path, '--mapping', 'tests'], {
      EFFECTSTROOM_KEY: 'nobody',
    }).ended;
    expect([key.code, key.err]).toEqual([1, expect.stringContaining('(401)')]);
    const mapping = await stack.run('watch', inbox.path, '--mapping', 'other');
    expect([mapping.code, mapping.err]).toEqual([1, expect.stringContaining('(404)')]);
    const folder = await stack.run('watch', join(inbox.path, 'nothing'), '--mapping', 'tests');
    expect([folder.code, folder.err]).toEqual([1, expect.stringContaining('is geen map')]);
  });
});
