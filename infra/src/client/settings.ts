import { readFileSync, statSync } from 'node:fs';
import { ClientFault, codeOf, WrongUse } from './faults.ts';

const DEFAULT_ADDRESS = 'http://127.0.0.1:8080';
const MOST_KEY_CHARACTERS = 8192;
const NO_KEY = `Er is geen sleutel. Zet hem in de omgevingsvariabele EFFECTSTROOM_KEY, of geef met
--key-file het bestand waar hij in staat. (Na npm start: local-ingest, of local-admin
voor mappings en sleutels.)`;

/** Options that every command which speaks to the server has. */
export const serverOptions = { 'key-file': { type: 'string' } } as const;

/** Their help. */
export const SERVER_HELP = `  --key-file BESTAND  lees de sleutel uit dit bestand (anders: EFFECTSTROOM_KEY)
  --help              toon deze uitleg

Omgevingsvariabelen:
  EFFECTSTROOM_URL    adres van de server (${DEFAULT_ADDRESS})
  EFFECTSTROOM_KEY    de sleutel; nooit als argument, want dan zien anderen hem
`;

/**
 * The address of the server, without a slash at its end.
 *
 * @throws {WrongUse} where it is no address
 */
export function readAddress(env: NodeJS.ProcessEnv): string {
  const text = env['EFFECTSTROOM_URL'] || DEFAULT_ADDRESS;
  const address = URL.canParse(text) ? new URL(text) : undefined;
  if (address === undefined || !['http:', 'https:'].includes(address.protocol)) {
    throw new WrongUse('EFFECTSTROOM_URL moet een adres zijn dat begint met http:// of https://');
  }
  if (address.username !== '' || address.search !== '' || address.hash !== '') {
    throw new WrongUse('EFFECTSTROOM_URL moet alleen het adres zijn, zonder gebruiker, ? of #');
  }
  return address.href.replace(/\/+$/, '');
}

/** Whether a key sent to this address can be read on the way. */
export function isOpenToOthers(address: string): boolean {
  const { protocol, hostname } = new URL(address);
  return protocol === 'http:' && !/^(localhost|127\.[\d.]+|\[::1\])$/.test(hostname);
}

/**
 * How to get the key: a file is read each time, so that a rotated key is taken up by itself.
 *
 * @throws {WrongUse} where there is neither
 */
export function keySource(env: NodeJS.ProcessEnv, file: string | undefined): () => string {
  if (file !== undefined) return () => keyIn(readKeyFile(file), file);
  const text = env['EFFECTSTROOM_KEY'];
  if (!text) throw new WrongUse(NO_KEY);
  const key = keyIn(text, 'EFFECTSTROOM_KEY');
  return () => key;
}

/** Whether others than its owner may read a file. */
export function isReadableByOthers(file: string): boolean {
  return (statSync(file).mode & 0o077) !== 0;
}

function readKeyFile(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new ClientFault(`Het sleutelbestand ${file} is niet te lezen (${codeOf(error)}).`);
  }
}

function keyIn(text: string, where: string): string {
  const key = text.trim();
  if (/^[\x21-\x7e]+$/.test(key) && key.length <= MOST_KEY_CHARACTERS) return key;
  throw new ClientFault(`In ${where} staat geen sleutel: verwacht wordt één regel zonder spaties.`);
}
