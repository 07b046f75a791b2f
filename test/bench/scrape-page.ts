import { type Agent, type IncomingHttpHeaders, request } from 'node:http';

export interface ScrapedPage {
  headers: IncomingHttpHeaders;
  /** As it was sent: compressed. */
  body: Buffer;
  /** From the request to the last byte. */
  milliseconds: number;
}

/** Asks for a page as Prometheus does: compressed, over a connection that is kept. */
export function scrape(url: string, agent: Agent): Promise<ScrapedPage> {
  const started = performance.now();
  return new Promise((resolve, reject) => {
    const headers = { 'accept-encoding': 'gzip', accept: 'text/plain;version=0.0.4' };
    const sent = request(url, { agent, headers }, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.once('error', reject);
      response.once('end', () =>
        resolve({
          headers: response.headers,
          body: Buffer.concat(parts),
          milliseconds: performance.now() - started,
        }),
      );
    });
    sent.once('error', reject);
    sent.end();
  });
}
