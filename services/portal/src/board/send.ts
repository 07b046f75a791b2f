/** Sends a page: compressed where the browser takes it, and with a policy under which only our files run. */
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { FastifyReply } from 'fastify';
import type { Html } from './html.ts';

const compress = promisify(gzip);

/** Level of compression: pages are made anew each time. */
const LEVEL = 5;

/**
 * Nothing from elsewhere, and no script or style in the page itself.
 * @param formTargets origins that a form may lead to, beside this one: a provider where one signs out
 */
function policyOf(formTargets: readonly string[]): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "connect-src 'self'",
    "base-uri 'none'",
    `form-action ${["'self'", ...formTargets].join(' ')}`,
    "frame-ancestors 'none'",
  ].join('; ');
}

/** Sends HTML with the status that the reply has. */
export async function sendHtml(
  reply: FastifyReply,
  page: Html,
  formTargets: readonly string[] = [],
): Promise<FastifyReply> {
  const body = Buffer.from(page.toString());
  setPageHeaders(reply, formTargets);
  if (!takes(reply, 'gzip')) return reply.send(body);
  return reply.header('content-encoding', 'gzip').send(await compress(body, { level: LEVEL }));
}

/** The headers of a page. */
export function setPageHeaders(reply: FastifyReply, formTargets: readonly string[] = []): void {
  reply
    .type('text/html; charset=utf-8')
    .header('content-security-policy', policyOf(formTargets))
    .header('referrer-policy', 'same-origin')
    .header('vary', 'accept-encoding, cookie');
}

/** Whether the request takes this encoding. */
export function takes({ request }: FastifyReply, encoding: 'gzip' | 'br'): boolean {
  const accepted = String(request.headers['accept-encoding'] ?? '').split(',');
  return accepted.some((one) => {
    const [name = '', weight = ''] = one.trim().toLowerCase().split(';');
    return name === encoding && !/^\s*q=0(\.0*)?$/.test(weight);
  });
}
