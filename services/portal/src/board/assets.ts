/** What the pages load: one style sheet, and scripts; named by their content, so that browsers keep them. */
import { hash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import type { FastifyInstance } from 'fastify';
import { takes } from './send.ts';
import { utrechtCss } from './utrecht.ts';

const here = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8');

/** Style sheets of the board, in this order; those of views come last. */
const BOARD_STYLES = [
  './style/tokens.css',
  './style/frame.css',
  './style/content.css',
  './views/views.css',
  '../assessing/assessing.css',
  './style/small-screen.css',
  './style/print.css',
];

/** Scripts by their name: `board` is on every page, the others where a page asks for them. */
export const BOARD_SCRIPTS: Readonly<Record<string, string>> = {
  board: './client/board.js',
  assess: '../assessing/client/assess.js',
};

/** Parts that scripts import from one another are files of the same folder, by this address. */
const FOLDER = '/bord/';

interface Asset {
  type: string;
  body: Buffer;
}

const assets = new Map<string, Asset>();

function keep(name: string, type: string, text: string): string {
  const [stem = '', ending = ''] = name.split(/\.(?=[^.]+$)/);
  const address = `${FOLDER}${stem}.${hash('sha256', text, 'hex').slice(0, 12)}.${ending}`;
  assets.set(address, { type: `${type}; charset=utf-8`, body: Buffer.from(text) });
  return address;
}

/** The address of the style sheet. */
export const STYLE_ADDRESS = keep(
  'bord.css',
  'text/css',
  [utrechtCss(), ...BOARD_STYLES.map((path) => here(path))].join('\n'),
);

const scripts = new Map(
  Object.entries(BOARD_SCRIPTS).map(([name, path]) => [
    name,
    keep(`${name}.js`, 'text/javascript', here(path)),
  ]),
);

/** The address of what puts new HTML in the place of old; a library. */
export const MORPH_ADDRESS = keep(
  'idiomorph.js',
  'text/javascript',
  readFileSync(createRequire(import.meta.url).resolve('idiomorph/dist/idiomorph.min.js'), 'utf8'),
);

/** The address of a script. Throws where there is no such script. */
export function scriptAddress(name: string): string {
  const address = scripts.get(name);
  if (address === undefined) throw new Error(`no script ${name}`);
  return address;
}

/** A year: another content has another address. */
const CACHE = 'public, max-age=31536000, immutable';

/** Adds their addresses, compressed once. They say nothing about anybody. */
export function addAssets(app: FastifyInstance): void {
  for (const [address, { type, body }] of assets) {
    const br = brotliCompressSync(body);
    const gzip = gzipSync(body, { level: 9 });
    app.get(address, async (_request, reply) => {
      reply.type(type).header('cache-control', CACHE).header('vary', 'accept-encoding');
      if (takes(reply, 'br')) return reply.header('content-encoding', 'br').send(br);
      if (takes(reply, 'gzip')) return reply.header('content-encoding', 'gzip').send(gzip);
      return reply.send(body);
    });
  }
}
