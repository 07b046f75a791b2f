import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { readCertificates } from './certificates.ts';

const folder = mkdtempSync(join(tmpdir(), 'certificates-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Of nobody, made with `openssl req -x509 -newkey ec`; the keys were thrown away. */
const UNTIL_2027 = `-----BEGIN CERTIFICATE-----
MIIBgzCCASmgAwIBAgIUR4NL/LYOuYw6IVL2tK+Wff39oUIwCgYIKoZIzj0EAwIw
FzEVMBMGA1UEAwwMdGVzdC5pbnZhbGlkMB4XDTI2MTEyMjEwMjg1N1oXDTI3MTIy
NzEwMjg1N1owFzEVMBMGA1UEAwwMdGVzdC5pbnZhbGlkMFkwEwYHKoZIzj0CAQYI
KoZIzj0DAQcDQgAExY+d+bioUnw0oaZ7guvOz4SoLr4eI68QjBPKG674cZUSMPyk
VX0i43/MwTa2z+hrV7+mOUDQeRytMuEidMaZ2qNTMFEwHQYDVR0OBBYEFNBhv706
tJJIMYbrdEA9DX2RAXG4MB8GA1UdIwQYMBaAFNBhv706tJJIMYbrdEA9DX2RAXG4
MA8GA1UdEwEB/wQFMAMBAf8wCgYIKoZIzj0EAwIDSAAwRQIhAJPC0bjdbqOZM3t+
bRxH0aaxXSQmDynPC7rbQ56sbuqMAiA9aqMTQmxBNILDw/v0u/K7vXJTBUPiEbau
SfRgQnrevQ==
-----END CERTIFICATE-----
`;
const UNTIL_2026 = `-----BEGIN CERTIFICATE-----
MIIBgzCCASmgAwIBAgIUQiuPsAIRUgzYcw/C5FEZhGElO/0wCgYIKoZIzj0EAwIw
FzEVMBMGA1UEAwwMdGVzdC5pbnZhbGlkMB4XDTI2MTEyMjEwMjg1N1oXDTI2MTIy
MjEwMjg1N1owFzEVMBMGA1UEAwwMdGVzdC5pbnZhbGlkMFkwEwYHKoZIzj0CAQYI
KoZIzj0DAQcDQgAEofn0mXNi0xbGr73wAZAbKHqpkp1oQHZVuW6m5N9eZ8WsM+Uh
3BxfCizp8FjVTv+EhNrgmwRPW4yeojClS5TMgKNTMFEwHQYDVR0OBBYEFFPpmmHv
xjWPWpyLOxtoRsF0N55+MB8GA1UdIwQYMBaAFFPpmmHvxjWPWpyLOxtoRsF0N55+
MA8GA1UdEwEB/wQFMAMBAf8wCgYIKoZIzj0EAwIDSAAwRQIhAJreCkt8Py0Y0T5I
A0Kj7/834f7/K8GpoH33NJLytpTsAiAs7ukauT9Tbg6fS0MryMhX0eNK1ZVxHztt
HHsOQDsbPw==
-----END CERTIFICATE-----
`;

function written(name: string, text: string): string {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
}

test('of a chain the first that expires counts, in any order', async () => {
  const files = [
    written('one.pem', UNTIL_2027),
    written('chain.pem', `comment\n${UNTIL_2027}\n${UNTIL_2026}`),
    written('crlf.pem', UNTIL_2027.replaceAll('\n', '\r\n')),
  ];
  const read = await readCertificates(files);
  expect(read.map(({ expiresAt }) => expiresAt?.toISOString())).toEqual([
    '2027-12-27T10:28:57.000Z',
    '2026-12-22T10:28:57.000Z',
    '2027-12-27T10:28:57.000Z',
  ]);
  expect(read.map(({ file }) => file)).toEqual(files);
});

test('what is no certificate has no moment', async () => {
  const files = [
    join(folder, 'absent.pem'),
    folder,
    written('empty.pem', ''),
    written('torn.pem', UNTIL_2027.replace(/MII.*\n/, '')),
  ];
  expect((await readCertificates(files)).map(({ expiresAt }) => expiresAt)).toEqual(
    files.map(() => undefined),
  );
});
