/** Somebody who has signed in to the board, without a browser. */
import { request } from 'node:http';

/** An answer as it came over the wire: compressed where it was. */
export interface Answered {
  status: number;
  headers: Readonly<Record<string, string | string[] | undefined>>;
  body: Buffer;
  /** Until the whole answer was there. */
  ms: number;
}

const ANSWER_MS = 30_000;

/**
 * Signs in with a key through the form.
 * @returns the cookies, as `name=value; …`
 * @throws Error where it is refused
 */
export async function signedIn(portal: string, key: string): Promise<string> {
  const answer = await fetch(`${portal}/inloggen`, {
    method: 'POST',
    headers: { origin: portal, 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ sleutel: key, naar: '/' }),
    redirect: 'manual',
  });
  const cookies = answer.headers.getSetCookie().map((cookie) => cookie.split(';')[0] ?? '');
  if (answer.status !== 303 || cookies.length === 0) throw new Error(`Signing in gave ${answer.status}`);
  return cookies.join('; ');
}

/** Asks a page or a file as a browser does. @throws Error where no answer comes */
export function visit(url: string, cookie: string): Promise<Answered> {
  const startedAt = performance.now();
  return new Promise((resolve, reject) => {
    const headers = { cookie, accept: 'text/html,*/*', 'accept-encoding': 'gzip, deflate, br' };
    const asked = request(url, { headers, timeout: ANSWER_MS }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('error', reject);
      answer.on('end', () => {
        const { statusCode: status = 0, headers } = answer;
        resolve({ status, headers, body: Buffer.concat(chunks), ms: performance.now() - startedAt });
      });
    });
    asked.on('timeout', () => asked.destroy(new Error(`${url} gives no answer`)));
    asked.on('error', reject);
    asked.end();
  });
}
