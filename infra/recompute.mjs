#!/usr/bin/env node
/**
 * Works the bundle of a closing out again: `node recompute.mjs bundle.ndjson`. Plain JavaScript for Node.js
 * 20 and newer, without dependencies; it shares no code with Effectstroom. It values every case from its data
 * and the settings, adds up, and compares every figure and checksum with those in the bundle. What the lines
 * hold, and the arithmetic, are told in packages/contracts/CLOSINGS.md. Exit code: 0 everything agrees, 1
 * something differs, 2 the bundle cannot be worked out.
 *
 * @typedef {{ service?: string, quantity?: string, amount?: string, costBearer?: string, recurrence?: string,
 *   years?: number, likelihood?: string | number, contribution?: string | number,
 *   deadweight?: number, displacement?: number, dropOff?: number }} Line
 * @typedef {{ organisation: string, municipality: string, programme: string, theme: string, date: string,
 *   similarCases?: number, cost?: string, avoided?: Line[] }} Data
 * @typedef {{ municipality: string, programme: string, method: string, priceList?: string,
 *   scale: { from: string, [level: string]: string | number }[],
 *   followingYears: { from: string, years: number }[],
 *   correctionFactors: { from: string, factor: string, theme?: string }[],
 *   discountRate?: { from: string, percent: string, yearZero: string }[],
 *   costBearers: { code: string, municipal: boolean }[] }} Programme
 * @typedef {{ service: string, price: string, costBearer: string }} Item
 * @typedef {{ code: string, editions: { from: string, items: Item[] }[] }} PriceList
 * @typedef {{ registered: number, assessed: number, represented: number, cost: bigint,
 *   gross: bigint, corrected: bigint, municipalGross: bigint, municipalCorrected: bigint }} Sum
 * @typedef {{ bundle: string, organisation: string, period: string, closedAt: string }} Manifest
 */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';

const FAULTS_SHOWN = 20;
/** @type {Map<string, Programme>} */
const programmes = new Map();
/** @type {Map<string, PriceList>} */
const priceLists = new Map();

const sha256 = (/** @type {string} */ text) => createHash('sha256').update(text).digest('hex');
const byCode = (/** @type {string} */ one, /** @type {string} */ other) =>
  one < other ? -1 : Number(one > other);

/** RFC 8785: members in order of their names, no white space. @type {(value: unknown) => string} */
function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value).sort(([one], [other]) => byCode(one, other));
  return `{${members.map(([name, member]) => `${JSON.stringify(name)}:${canonical(member)}`).join(',')}}`;
}

/** Decimal text as a whole number of 10^-places. @type {(text: unknown, places: number) => bigint} */
function parse(text, places) {
  const [, whole, fraction = ''] = /^(\d+)(?:\.(\d+))?$/.exec(String(text)) ?? [];
  if (whole === undefined || fraction.length > places) throw new Error(`${text} is geen bedrag of aantal`);
  return BigInt(whole + fraction.padEnd(places, '0'));
}

/** The inverse. @type {(value: bigint, places: number) => string} */
function write(value, places) {
  const digits = value.toString().padStart(places + 1, '0');
  return `${digits.slice(0, -places)}.${digits.slice(-places)}`;
}

/**
 * The entry with the latest `from` that is not after the date.
 * @template {{ from: string }} Entry
 * @param {Entry[] | undefined} entries
 * @param {string} date
 * @param {string} what
 */
function inForce(entries, date, what) {
  const [found] = (entries ?? []).filter(({ from }) => from <= date).sort((a, b) => byCode(b.from, a.from));
  if (found === undefined) throw new Error(`op ${date} geldt geen ${what}`);
  return found;
}

/**
 * Ten-thousandths; one of the theme comes before a general one.
 * @type {(of: Programme, data: Data) => bigint}
 */
function factorOf({ method, correctionFactors }, { theme, date }) {
  if (correctionFactors.length === 0 && method === 'sroi') return 10_000n;
  const own = correctionFactors.filter((one) => one.theme === theme && one.from <= date);
  const general = correctionFactors.filter((one) => one.theme === undefined);
  return parse(inForce(own.length > 0 ? own : general, date, 'correctiefactor').factor, 4);
}

/** @type {(given: string | number | undefined, of: Programme, date: string) => bigint} */
function percentage(given, { method, scale }, date) {
  if (typeof given === 'number') return BigInt(given);
  if (given === undefined && method === 'sroi') return 100n;
  return BigInt(inForce(scale, date, 'schaal')[given ?? ''] ?? NaN);
}

/** Micro-euros, and the cost bearer. @type {(line: Line, of: Programme, on: string) => [bigint, string]} */
function priceOf({ service, amount, costBearer }, { priceList = '' }, date) {
  if (service === undefined) return [parse(amount, 6), costBearer ?? ''];
  const { items } = inForce(priceLists.get(priceList)?.editions, date, `prijs in prijslijst ${priceList}`);
  const item = items.find((one) => one.service === service);
  if (item === undefined) throw new Error(`dienst ${service} heeft op ${date} geen prijs`);
  return [parse(item.price, 6), costBearer ?? item.costBearer];
}

/**
 * What a line saves in all its years, in micro-euros of one case. Each year is rounded once, half up.
 * @type {(line: Line, price: bigint, programme: Programme, date: string) => bigint}
 */
function savingOf(line, price, programme, date) {
  const { quantity = '1', deadweight = 0, displacement = 0, dropOff = 0, recurrence, years } = line;
  const isYearly = recurrence === 'yearly';
  const following = () => inForce(programme.followingYears, date, 'aantal volgende jaren').years;
  const counted = isYearly ? (years ?? 1 + following()) : 1;
  const rates = programme.discountRate ?? [];
  const discount = rates.length === 0 ? undefined : inForce(rates, date, 'discontovoet');
  const grown = 10_000n + parse(discount?.percent ?? '0', 2);
  const [likelihood, contribution] = [line.likelihood, line.contribution].map((one) =>
    percentage(one, programme, date),
  );
  let dividend = price * parse(quantity, 4) * (likelihood ?? 0n) * (contribution ?? 0n);
  dividend *= BigInt((100 - deadweight) * (100 - displacement));
  let divisor = 10_000n * 100n ** 4n;
  if (discount?.yearZero === 'discounted') [dividend, divisor] = [dividend * 10_000n, divisor * grown];
  let sum = 0n;
  for (let year = 0; year < counted; year++) {
    sum += (dividend * 2n + divisor) / (divisor * 2n);
    dividend *= BigInt(100 - dropOff) * 10_000n;
    divisor *= 100n * grown;
  }
  return sum;
}

/** @returns {Sum} */
const nothing = () => ({
  ...{ registered: 0, assessed: 0, represented: 0, cost: 0n },
  ...{ gross: 0n, corrected: 0n, municipalGross: 0n, municipalCorrected: 0n },
});
const total = nothing();
/** @type {Record<'themes' | 'programmes' | 'costBearers', Map<string, Sum>>} */
const sums = { themes: new Map(), programmes: new Map(), costBearers: new Map() };

/** The sum of a key. @type {(kind: keyof typeof sums, key: string) => Sum} */
function sumOf(kind, key) {
  const sum = sums[kind].get(key) ?? nothing();
  sums[kind].set(key, sum);
  return sum;
}

/** @type {(type: string, data: Data) => void} */
function addCase(type, data) {
  const { municipality, theme, date, similarCases = 1, cost = '0', avoided = [] } = data;
  const key = `${municipality}/${data.programme}`;
  const programme = programmes.get(key);
  if (programme === undefined) throw new Error(`programma ${key} staat niet in de bundel`);
  const own = [total, sumOf('themes', theme), sumOf('programmes', key)];
  for (const sum of own) sum.registered++;
  if (type !== 'nl.effectstroom.case.assessed') return;
  for (const sum of own) {
    sum.assessed++;
    sum.represented += similarCases;
    sum.cost += parse(cost, 6) * BigInt(similarCases);
  }
  const factor = factorOf(programme, data);
  for (const line of avoided) {
    const [price, costBearer] = priceOf(line, programme, date);
    const bearer = programme.costBearers.find(({ code }) => code === costBearer);
    if (bearer === undefined) throw new Error(`kostenhouder ${costBearer} staat niet in het programma`);
    const gross = savingOf(line, price, programme, date) * BigInt(similarCases);
    for (const sum of [...own, sumOf('costBearers', costBearer)]) {
      sum.gross += gross;
      sum.corrected += gross * factor;
      sum.municipalGross += bearer.municipal ? gross : 0n;
      sum.municipalCorrected += bearer.municipal ? gross * factor : 0n;
    }
  }
}

/** @type {(sum: Sum) => object} */
function amountsOf({ gross, corrected, municipalGross, municipalCorrected }) {
  const municipal = { gross: write(municipalGross, 6), corrected: write(municipalCorrected, 10) };
  return { gross: write(gross, 6), corrected: write(corrected, 10), municipal };
}

/** @type {(sum: Sum) => object} */
function figuresOf(sum) {
  const { registered, assessed, represented, cost } = sum;
  return { cases: { registered, assessed, represented }, ...amountsOf(sum), cost: write(cost, 6) };
}

/** What was added up, in the shape of the bundle's figures. @type {(manifest: Manifest) => object} */
function allFigures({ organisation, period, closedAt }) {
  const [themes, programmes, costBearers] = [sums.themes, sums.programmes, sums.costBearers].map((map) =>
    [...map].sort(([one], [other]) => byCode(one, other)),
  );
  return {
    ...{ organisation, period, closedAt, total: figuresOf(total) },
    themes: themes?.map(([theme, sum]) => ({ theme, ...figuresOf(sum) })),
    programmes: programmes?.map(([key, sum]) => {
      const [municipality, programme] = key.split('/');
      return { municipality, programme, ...figuresOf(sum) };
    }),
    costBearers: costBearers
      ?.filter(([, { gross }]) => gross > 0n)
      .map(([costBearer, sum]) => ({ costBearer, ...amountsOf(sum) })),
  };
}

/** @type {(data: Data, manifest: Manifest) => void} */
function checkPlace({ organisation, date }, manifest) {
  const [year = '', part] = manifest.period.split('-');
  const parts = [undefined, date.slice(5, 7), `Q${Math.ceil(Number(date.slice(5, 7)) / 3)}`];
  if (organisation !== manifest.organisation || !date.startsWith(year) || !parts.includes(part))
    throw new Error(`een casus van ${organisation} op ${date} hoort niet in deze afsluiting`);
}

/** Reads the file line by line: only hashes and settings are held. @param {string} file */
async function recompute(file) {
  /** @type {Record<'events' | 'settings', string[]>} */
  const hashes = { events: [], settings: [] };
  let manifest;
  let stated;
  for await (const text of createInterface({ input: createReadStream(file), crlfDelay: Infinity })) {
    const line = JSON.parse(text);
    if (stated !== undefined) throw new Error('na de laatste regel komt nog iets');
    if (manifest === undefined) manifest = line;
    else if (line.figures !== undefined) stated = line;
    else hashes[line.case === undefined ? 'settings' : 'events'].push(sha256(canonical(line)));
    if (manifest.bundle !== 'effectstroom-closing-1')
      throw new Error('dit is geen bundel van een afsluiting');
    if (line.programme)
      programmes.set(`${line.programme.municipality}/${line.programme.programme}`, line.programme);
    if (line.priceList) priceLists.set(line.priceList.code, line.priceList);
    if (line.case) checkPlace(line.case.data, manifest);
    if (line.case) addCase(line.case.type, line.case.data);
  }
  if (stated === undefined) throw new Error('de laatste regel ontbreekt: het bestand is niet compleet');
  const figures = allFigures(manifest);
  const [events, settings] = [hashes.events, hashes.settings].map((some) =>
    sha256(
      some
        .sort(byCode)
        .map((one) => `${one}\n`)
        .join(''),
    ),
  );
  const totals = sha256(canonical(figures));
  const checksums = { events, settings, totals, all: sha256(`${events}\n${settings}\n${totals}\n`) };
  return { manifest, stated, figures, checksums };
}

/** Where the bundle states something else. @type {(stated: unknown, is: unknown, path: string) => string[]} */
function differences(stated, is, path) {
  const [before, now] = [stated, is].map((one) =>
    typeof one === 'object' && one !== null ? one : undefined,
  );
  if (before === undefined || now === undefined) {
    if (stated === is) return [];
    return [`✘ ${path}\n  in de bundel: ${JSON.stringify(stated)}\n  nagerekend:   ${JSON.stringify(is)}\n`];
  }
  const names = new Set([...Object.keys(before), ...Object.keys(now)]);
  return [...names].flatMap((name) =>
    differences(Reflect.get(before, name), Reflect.get(now, name), `${path}/${name}`),
  );
}

try {
  const [, , file, ...rest] = process.argv;
  if (file === undefined || rest.length > 0) throw new Error('gebruik: node recompute.mjs bundel.ndjson');
  const { manifest, stated, figures, checksums } = await recompute(file);
  const { registered, assessed, gross, corrected } = total;
  const faults = differences({ figures: stated.figures, ...stated.checksums }, { figures, ...checksums }, '');
  const result = faults.length === 0 ? '✔ Alles komt overeen.' : `✘ ${faults.length} verschillen.`;
  process.stdout.write(`${manifest.organisation}, ${manifest.period}, afgesloten op ${manifest.closedAt}
${registered} casussen, waarvan ${assessed} beoordeeld
bruto ${write(gross, 6)} euro, na correctie ${write(corrected, 10)} euro

${Object.entries(checksums)
  .map(([name, hash]) => `${name.padEnd(8)} ${hash}\n`)
  .join('')}
${faults.slice(0, FAULTS_SHOWN).join('')}${result}
`);
  process.exitCode = faults.length === 0 ? 0 : 1;
} catch (error) {
  process.stderr.write(`✘ ${error instanceof Error ? error.message : error}\n`);
  process.exitCode = 2;
}
