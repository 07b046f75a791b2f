/** The board's pages behind one frame: who is signed in, what was chosen, and what goes wrong, for all alike. */

import { type KeyRing, type Logger, requireScope } from '@effectstroom/runtime';
import cookie from '@fastify/cookie';
import formbody from '@fastify/formbody';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { addAssets } from './assets.ts';
import { refuseOtherSites } from './cross-site.ts';
import { pageDocument } from './document.ts';
import { addErrorPages, addNotFoundPage } from './errors.ts';
import type { Html } from './html.ts';
import { addLiveRoute, type Changes } from './live.ts';
import { type OpenedPage, pageOpener } from './opened-page.ts';
import type { BoardDownload, BoardPage } from './page.ts';
import { sendHtml } from './send.ts';
import type { Sessions } from './session.ts';
import { addSignIn, type SignInOptions } from './sign-in.ts';

/** What the frame is made with. */
export interface BoardDeps {
  keys: KeyRing;
  log: Logger;
  sessions: Sessions;
  signIn: SignInOptions;
  changes: Changes;
}

/** Bytes of a form. */
const FORM_BYTES_MAX = 64 * 1024;

/** Adds the pages of the board, what they load, sign-in and the messages of changes. */
export function addBoardPages(
  app: FastifyInstance,
  { keys, log, sessions, signIn, changes }: BoardDeps,
  pages: readonly BoardPage[],
  downloads: readonly BoardDownload[],
): void {
  const open = pageOpener(app, changes, pages);
  addNotFoundPage(app);
  app.register(async (board) => {
    await board.register(cookie);
    await board.register(formbody, { bodyLimit: FORM_BYTES_MAX });
    board.addHook('onRequest', refuseOtherSites(signIn.origin));
    addErrorPages(board, log, sessions);
    addAssets(board);
    addSignIn(board, { keys, log, sessions, options: signIn });
    board.register(async (signedIn) => {
      signedIn.addHook('onRequest', (request) => sessions.authorise(request));
      signedIn.addHook('onRequest', requireScope(keys, 'read'));
      addLiveRoute(signedIn, changes);
      for (const page of pages) addPage(signedIn, page, { open, formTargets: signIn.formTargets });
      for (const download of downloads) addDownload(signedIn, download, open);
    });
  });
}

type Open = ReturnType<typeof pageOpener>;

interface Frame {
  open: Open;
  formTargets: SignInOptions['formTargets'];
}

function addPage(app: FastifyInstance, page: BoardPage, { open, formTargets }: Frame): void {
  const show = async (reply: FastifyReply, opened: OpenedPage, body: Html): Promise<FastifyReply> =>
    sendHtml(reply, await pageDocument({ ...opened, page, body }), formTargets());
  app.get(page.path, async (request, reply) => {
    const opened = await open(request);
    return show(reply, opened, await page.render(opened.context));
  });
  const { act } = page;
  if (act === undefined) return;
  app.post(page.path, async (request, reply) => {
    const opened = await open(request);
    const acted = await act.call(page, opened.context);
    if ('to' in acted) return reply.redirect(acted.to, 303);
    if ('shown' in acted) return show(reply, opened, acted.shown);
    return show(reply.code(422), opened, acted);
  });
}

function addDownload(app: FastifyInstance, { path, answer }: BoardDownload, open: Open): void {
  app.get(path, async (request, reply) => {
    const { context } = await open(request);
    const { type, disposition, policy, body } = await answer(context);
    if (disposition !== undefined) reply.header('content-disposition', disposition);
    if (policy !== undefined) reply.header('content-security-policy', policy);
    return reply.type(type).send(body);
  });
}
