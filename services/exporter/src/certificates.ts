import { X509Certificate } from 'node:crypto';
import { open } from 'node:fs/promises';
import type { Certificate } from './collector.ts';

/** More is not read of a file: a chain takes some kilobytes. */
const BYTES_MAX = 256 * 1024;
const PEM = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;

/** When the first certificate of each PEM file expires. Never rejects: a file may be away for a moment. */
export function readCertificates(files: readonly string[]): Promise<Certificate[]> {
  return Promise.all(
    files.map(async (file) => ({ file, expiresAt: await expiryOf(file).catch(() => undefined) })),
  );
}

/** Of a chain the first that expires breaks it. @throws Error where the file holds no certificate. */
async function expiryOf(file: string): Promise<Date> {
  const [first, ...others] = [...(await textOf(file)).matchAll(PEM)].map(
    ([text]) => new X509Certificate(text).validToDate,
  );
  if (first === undefined) throw new Error(`${file} holds no certificate`);
  return others.reduce((earliest, date) => (date < earliest ? date : earliest), first);
}

async function textOf(file: string): Promise<string> {
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read({ buffer: Buffer.alloc(BYTES_MAX) });
    return buffer.toString('latin1', 0, bytesRead);
  } finally {
    await handle.close();
  }
}
