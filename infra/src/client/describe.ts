import { faultText } from './fault-words.ts';
import { ClientFault, codeOf, type NamedFault, Refused, ServerAway, WrongUse } from './faults.ts';
import { printable } from './terminal.ts';
import { count } from './words.ts';

/** Faults of one answer that are shown; the last line tells how many more there are. */
const SHOWN_FAULTS = 20;

const AWAY: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'er luistert niemand op dat adres. Draait de server, en klopt de poort?',
  ENOTFOUND: 'die computernaam bestaat niet. Klopt EFFECTSTROOM_URL?',
  EAI_AGAIN: 'de naam kon niet worden opgezocht. Is er een netwerkverbinding?',
  ECONNRESET: 'de verbinding werd verbroken.',
  EPIPE: 'de verbinding werd verbroken.',
  UND_ERR_SOCKET: 'de verbinding werd verbroken.',
  ETIMEDOUT: 'er kwam geen antwoord op tijd. Is de server vanaf hier te bereiken (firewall, VPN)?',
  UND_ERR_CONNECT_TIMEOUT: 'er kwam geen verbinding. Is de server vanaf hier te bereiken (firewall, VPN)?',
  AbortError: 'er kwam geen antwoord op tijd.',
  EHOSTUNREACH: 'die computer is niet te bereiken. Is er een netwerkverbinding (VPN)?',
  ENETUNREACH: 'er is geen netwerkverbinding.',
};

const REFUSED: Readonly<Record<number, string>> = {
  400: 'De server neemt dit niet aan (400).',
  401: `De server kent deze sleutel niet (401). Controleer EFFECTSTROOM_KEY of --key-file. Een verlopen of
ingetrokken sleutel moet worden vervangen: effectstroom keys create (door een beheerder).`,
  403: `Deze sleutel mag dit niet (403). Nodig is een sleutel met het juiste recht (ingest of admin) voor
deze organisatie en deze bron.`,
  404: 'De server heeft dit niet (404). Klopt de code of het nummer, en hoort het bij deze sleutel?',
  405: 'De server kan dit niet (405). Is hij ouder dan dit programma?',
  409: 'Dit kan nu niet (409).',
  413: 'Dit is te groot voor de server (413). Deel het op in kleinere bestanden.',
  415: 'De server herkent dit soort bestand niet (415). Gebruik CSV of XLSX.',
  429: 'De server vraagt om geduld (429): er komt te veel tegelijk. Probeer het later opnieuw.',
  507: 'De server heeft geen schijfruimte meer (507). Vraag de beheerder om ruimte.',
  503: 'De server kan dit nu niet verwerken (503). Opnieuw proberen is altijd veilig.',
};

const DISK: Readonly<Record<string, string>> = {
  ENOSPC: 'de schijf is vol. Maak ruimte en probeer opnieuw',
  EDQUOT: 'de toegestane schijfruimte is op. Maak ruimte en probeer opnieuw',
  EACCES: 'daarvoor ontbreken de rechten',
  EPERM: 'daarvoor ontbreken de rechten',
  ENOENT: 'dat bestaat niet',
  ENOTDIR: 'dat is geen map',
  EISDIR: 'dat is een map, geen bestand',
  EEXIST: 'dat bestaat al',
  EROFS: 'daar mag niet worden geschreven',
  EMFILE: 'er staan te veel bestanden open',
  EIO: 'de schijf geeft een fout',
};

/** What went wrong and what to do, in Dutch; several lines where there is more to say. */
export function describe(error: unknown, address = ''): string {
  if (error instanceof ClientFault || error instanceof WrongUse) return error.message;
  if (error instanceof ServerAway) return describeAway(error, address);
  if (error instanceof Refused) return describeRefusal(error);
  if (isOfTheSystem(error)) {
    const why = DISK[error.code ?? ''] ?? `dat lukt niet (${error.code})`;
    return `${error.path ?? 'Bestand'}: ${why}.`;
  }
  const trace = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return `Onverwachte fout in dit programma: ${trace}`;
}

/** Whether an error comes from the disk. */
export function isOfTheSystem(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'syscall' in error && codeOf(error) !== '';
}

/** One or two words for a line about waiting. */
export function describeBriefly(reason: ServerAway | Refused): string {
  if (reason instanceof ServerAway) return `de server is niet te bereiken (${reason.code})`;
  if (reason.status === 401) return 'de server kent deze sleutel niet (401)';
  if (reason.status === 403) return 'deze sleutel mag dit niet (403)';
  if (reason.status === 404) return 'de server kent deze mapping niet, of neemt geen bestanden aan (404)';
  return `de server vraagt om geduld (${reason.status})`;
}

function describeAway({ code }: ServerAway, address: string): string {
  const isOfTls = /CERT|SSL|TLS/.test(code);
  const why = isOfTls
    ? `het certificaat wordt niet vertrouwd (${code}). Geef een eigen certificaat met NODE_EXTRA_CA_CERTS.`
    : (AWAY[code] ?? `er kwam geen bruikbaar antwoord (${code}).`);
  return `De server ${address} is niet te bereiken: ${why}`;
}

function describeRefusal({ status, detail, faults }: Refused): string {
  const general =
    status >= 300 && status < 400
      ? `De server verwijst door (${status}). Zet EFFECTSTROOM_URL op het adres zelf.`
      : (REFUSED[status] ?? `De server antwoordt met een fout (${status}). Probeer het later opnieuw.`);
  const says = detail === '' ? [] : [`De server zegt: ${printable(detail)}`];
  return [general, ...says, ...faultLines(faults)].join('\n');
}

/** Faults that an answer names, a line each: where, which, and what is allowed. */
export function faultLines(faults: readonly NamedFault[]): string[] {
  const lines = faults.slice(0, SHOWN_FAULTS).map((fault) => {
    return `  ${printable(`${placeOf(fault)}: ${faultText(fault)}`)}`;
  });
  const more = faults.length - lines.length;
  return more > 0 ? [...lines, `  … en nog ${count(more, 'fout', 'fouten')}`] : lines;
}

function placeOf({ index, pointer, row, column }: NamedFault): string {
  if (row !== undefined) return `rij ${row}${column ? `, kolom ${column}` : ''}`;
  return `${index === undefined ? '' : `nr. ${index + 1} `}${pointer || 'het geheel'}`;
}
