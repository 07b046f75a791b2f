/**
 * Writes the three exports again: `node test/imports/exports/generate.ts`. They are drawn from fixed seeds.
 */
import { writeFileSync } from 'node:fs';
import { generate as buurtlog } from './buurtlog/generate.ts';
import { EXPORTS, readMapping } from './exports.ts';
import { eventOf } from './invented-export.ts';
import { generate as regix } from './regix/generate.ts';
import { generate as sociodesk } from './sociodesk/generate.ts';

const GENERATORS = { regix, buurtlog, sociodesk };

for (const { name, file } of EXPORTS) {
  const made = await GENERATORS[name]();
  const address = readMapping(name);
  const events = made.cases.map((one) => `${JSON.stringify(eventOf(one, address))}\n`);
  const refused = made.refused.map((one) => `${JSON.stringify(one)}\n`);
  const folder = new URL(`./${name}/`, import.meta.url);
  writeFileSync(new URL(file, folder), made.file);
  writeFileSync(new URL('events.ndjson', folder), events.join(''));
  writeFileSync(new URL('refused.ndjson', folder), refused.join(''));
}
