/** Refuses forms that another site sends with the reader's cookie. */
import { ProblemError } from '@effectstroom/runtime';
import type { FastifyRequest, onRequestAsyncHookHandler } from 'fastify';

/**
 * A hook that lets a request which changes something pass only where the browser says that a page of this board
 * sent it: by `Sec-Fetch-Site`, or by `Origin` where the browser does not send that. Else a problem, 403.
 * @param origin the board's own as browsers see it; that of the request's `Host` where undefined
 */
export function refuseOtherSites(origin: string | undefined): onRequestAsyncHookHandler {
  return async (request) => {
    if (request.method === 'GET' || request.method === 'HEAD') return;
    if (!isOwn(request, origin))
      throw new ProblemError(403, 'this form was not sent by a page of this board');
  };
}

function isOwn({ headers }: FastifyRequest, own: string | undefined): boolean {
  const site = headers['sec-fetch-site'];
  if (site !== undefined) return site === 'same-origin';
  const { origin, host } = headers;
  if (origin === undefined) return false;
  if (own !== undefined) return origin === own;
  return host !== undefined && URL.parse(origin)?.host === host.toLowerCase();
}
