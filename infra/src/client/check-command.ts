import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { readArguments } from './arguments.ts';
import { ALL_WELL, type Command, NOT_ALL_WELL, openServer } from './command.ts';
import { faultLines } from './describe.ts';
import { SERVER_HELP, serverOptions } from './settings.ts';
import { printable } from './terminal.ts';
import { count } from './words.ts';

const help = `Gebruik: effectstroom check BESTAND

Legt een gebeurtenis (CloudEvent als JSON), of een lijst van hoogstens 500, ter controle voor aan
de server. Er wordt niets opgenomen. Toont alle fouten, en adviezen vanuit het NL GOV-profiel.

${SERVER_HELP}`;

const SHOWN_ADVICE = 20;

const place = { index: z.int().optional(), pointer: z.string(), detail: z.string() };
const checkSchema = z.object({
  errors: z.array(z.object({ ...place, code: z.string() })),
  advice: z.array(z.object({ ...place, rule: z.string(), level: z.string() })),
});

/** `effectstroom check`. */
export const checkCommand: Command = {
  help,
  run: async (args, around) => {
    const { options, words } = readArguments('check', args, serverOptions, { least: ['BESTAND'] });
    const text = readFileSync(words[0] ?? '');
    const server = openServer(around, options['key-file']);
    const body = { type: typeOf(text), text };
    const { errors, advice } = await server.ask(
      { method: 'POST', path: '/v1/events/check', body },
      checkSchema,
    );
    const { terminal } = around;
    if (errors.length === 0) terminal.say('✔ Geen fouten: dit zou worden aangenomen.');
    else
      terminal.say(`✘ ${count(errors.length, 'fout', 'fouten')}: dit zou in zijn geheel worden geweigerd.`);
    for (const line of faultLines(errors)) terminal.say(line);
    if (advice.length > 0)
      terminal.say(`\n${count(advice.length, 'advies', 'adviezen')} (geen reden om te weigeren):`);
    for (const { index, pointer, level, detail } of advice.slice(0, SHOWN_ADVICE)) {
      const where = index === undefined ? pointer : `nr. ${index + 1} ${pointer}`;
      const weight = level === 'must' ? 'verplicht' : 'aanbevolen';
      terminal.say(`  ${printable(`${where}: ${detail}`)} (${weight} in het profiel)`);
    }
    if (advice.length > SHOWN_ADVICE) terminal.say(`  … en nog ${advice.length - SHOWN_ADVICE}`);
    return errors.length === 0 ? ALL_WELL : NOT_ALL_WELL;
  },
};

/** A list is a batch; what is no JSON at all is for the server to refuse. */
function typeOf(text: Buffer): string {
  const isBatch = /^\s*\[/.test(text.toString('utf8', 0, 1024));
  return `application/cloudevents${isBatch ? '-batch' : ''}+json`;
}
