import { Writable } from 'node:stream';
import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { RefusedAccess } from './refused-access.ts';

function accessLog() {
  const lines: { audit: Record<string, string> }[] = [];
  const stream = new Writable({
    write: (chunk, _encoding, done) => {
      lines.push(JSON.parse(String(chunk)));
      done();
    },
  });
  return { access: new RefusedAccess(pino({ level: 'error' }, stream)), lines };
}
const act = {
  action: 'authenticate',
  object: 'GET /',
  result: 'refused',
  origin: '192.0.2.1',
  actor: 'unknown',
};

describe('refused access', () => {
  it('gets ten lines of an origin, and one for all the others', () => {
    const { access, lines } = accessLog();
    for (let i = 0; i < 25; i++) access.write('192.0.2.1', act);
    access.write('192.0.2.2', { ...act, origin: '192.0.2.2' });
    expect(lines.length).toBe(11);
    access.flush();
    expect(lines.at(-1)?.audit).toMatchObject({ result: 'refused 15 more times', origin: '192.0.2.1' });
    access.write('192.0.2.1', act);
    expect(lines.length).toBe(13);
    access.flush();
    expect(lines.length).toBe(13);
  });

  it('is written with the six fields, whatever the level of the log', () => {
    const { access, lines } = accessLog();
    access.write('192.0.2.1', act);
    expect(lines[0]?.audit).toEqual({ ...act, timestamp: expect.stringMatching(/^\d{4}-.*Z$/) });
  });

  it('does not fill the memory from many origins', () => {
    const { access, lines } = accessLog();
    for (let i = 0; i < 5000; i++) access.write(`10.0.${i >> 8}.${i & 255}`, act);
    expect(lines.length).toBe(1010);
    access.flush();
    expect(lines.at(-1)?.audit).toMatchObject({ origin: 'other origins', result: 'refused 3990 more times' });
  });
});
