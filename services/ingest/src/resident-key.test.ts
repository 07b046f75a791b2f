import { chmodSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLog } from '@effectstroom/runtime';
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import {
  isResidentKeyHash,
  type ResidentKeys,
  residentKeyHash,
  watchResidentKeySecret,
} from './resident-key.ts';
import { readResidentKeySecret } from './resident-key-secret.ts';

const folder = mkdtempSync(join(tmpdir(), 'secret-'));
const file = join(folder, 'secret');
afterAll(() => rmSync(folder, { recursive: true }));

const OLD = 'o'.repeat(32);
const NEW = 'n'.repeat(44);

describe('the secret of resident keys', () => {
  it.each([
    [`${OLD}\n`, 1, OLD],
    [`1 ${OLD}`, 1, OLD],
    [`1 ${OLD}\n2 ${NEW}\n`, 2, NEW],
    [`10 ${NEW}\r\n\r\n9 ${OLD} \r\n`, 10, NEW],
    ['several words of a secret\nand a second line', 1, 'several words of a secret\nand a second line'],
  ])('is the newest of %j', (text, version, secret) => {
    writeFileSync(file, text);
    expect(readResidentKeySecret(file)).toEqual({ version, secret: Buffer.from(secret) });
  });

  it.each([
    ['', 'at least 32 bytes'],
    [`${'s'.repeat(31)}\n`, 'at least 32 bytes'],
    [`1 short\n2 ${NEW}`, 'at least 32 bytes a secret'],
    [`1 ${OLD}\n1 ${NEW}`, 'each version once'],
    [`1 ${OLD}\n${NEW}`, 'a version, a space and a secret'],
  ])('is not taken from %j', (text, says) => {
    writeFileSync(file, text);
    expect(() => readResidentKeySecret(file)).toThrow(says);
  });

  it('must be there', () => {
    expect(() => readResidentKeySecret(join(folder, 'none'))).toThrow('cannot be read: ENOENT');
  });
});

describe('the hash of a resident key', () => {
  let keys: ResidentKeys | undefined;
  afterEach(() => keys?.close());

  it('has the version of its secret in front', () => {
    const secret = Buffer.from(OLD);
    const [one, two] = [residentKeyHash({ version: 1, secret }), residentKeyHash({ version: 12, secret })];
    expect(one('key-of-a-resident')).toMatch(/^rk1:[\w-]{43}$/);
    expect(two('key-of-a-resident')).toBe(one('key-of-a-resident').replace('rk1:', 'rk12:'));
  });

  it('is known by its form, and stays what it is', () => {
    const hash = residentKeyHash({ version: 12, secret: Buffer.from(OLD) });
    expect(isResidentKeyHash(hash('key-of-a-resident'))).toBe(true);
    for (const key of ['key-of-a-resident', 'rk1:short', `rk1:${'x'.repeat(44)}`, `rk:${'x'.repeat(43)}`])
      expect(isResidentKeyHash(key)).toBe(false);
  });

  it('follows the file, and stays what it was where that cannot be used', async () => {
    const log = createLog('test', 'silent');
    const [errors, warnings] = [vi.spyOn(log, 'error'), vi.spyOn(log, 'warn')];
    const write = (text: string): void => {
      writeFileSync(`${file}.new`, text, { mode: 0o600 });
      renameSync(`${file}.new`, file);
    };
    write(OLD);
    keys = watchResidentKeySecret(log, file);
    const { hash } = keys;
    const first = hash('key-of-a-resident');
    expect(warnings).not.toHaveBeenCalled();

    for (const [count, broken] of [`${NEW}`, '', `1 ${OLD}\n2 short`].entries()) {
      write(broken);
      await vi.waitFor(() => expect(errors).toHaveBeenCalledTimes(count + 1), 5_000);
      expect(hash('key-of-a-resident')).toBe(first);
    }
    const lines = errors.mock.calls.map((call) => JSON.stringify(call)).join();
    expect(lines).not.toMatch(new RegExp(`${OLD}|${NEW}|short`));

    write(`1 ${OLD}\n2 ${NEW}`);
    chmodSync(file, 0o644);
    await vi.waitFor(() => expect(hash('key-of-a-resident')).toMatch(/^rk2:/), 5_000);
    expect(warnings).toHaveBeenCalledOnce();
    expect(hash('key-of-a-resident').slice(4)).not.toBe(first.slice(4));
  });
});
