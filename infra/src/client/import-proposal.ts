import { writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { ALL_WELL, type Surroundings } from './command.ts';
import { ClientFault, codeOf } from './faults.ts';
import { askProposal, type ProposalGiven } from './import-calls.ts';
import { sizeOf } from './import-file.ts';
import { sendingLine } from './progress.ts';
import type { Server } from './server.ts';
import { mappingTable, previewTable } from './show-proposal.ts';
import { printable } from './terminal.ts';

/** Shows the mapping that the server proposes for a file, and writes it beside the file. */
export async function proposeMapping(
  server: Server,
  { terminal }: Surroundings,
  file: string,
  { force = false, ...given }: ProposalGiven & { force?: boolean | undefined },
): Promise<number> {
  const bytes = sizeOf(file);
  const { municipality, organisation, source, programme } = given;
  const onSent = (sent: number) => terminal.showProgress(sendingLine(sent, bytes));
  const sent = { file, bytes, name: basename(file), onSent };
  const found = await askProposal(server, sent, { municipality, organisation, source, programme });
  terminal.showProgress('');
  terminal.say(`Voorstel voor een mapping bij ${file}\n`);
  for (const line of mappingTable(found.proposal, terminal.width)) terminal.say(line);
  terminal.say('\nDe eerste rijen, zoals zij dan worden gelezen\n');
  for (const line of previewTable(found.preview, terminal.width)) terminal.say(line);
  if (found.questions.length > 0) terminal.say('\nNog in te vullen of na te gaan\n');
  for (const [at, text] of found.questions.entries()) terminal.say(`  ${at + 1}. ${printable(text)}`);
  const written = write(`${file}.mapping.json`, found.proposal, force);
  terminal.say(`
Het voorstel staat in ${written}. Er is niets opgenomen. Ga zo verder:
  1. vul aan en verbeter wat hierboven staat, in ${written}
  2. effectstroom mapping put CODE ${written}      (beheersleutel; kies zelf een CODE)
  3. effectstroom import ${file} --mapping CODE --dry-run
  4. effectstroom import ${file} --mapping CODE`);
  return ALL_WELL;
}

function write(file: string, proposal: unknown, force: boolean): string {
  try {
    writeFileSync(file, `${JSON.stringify(proposal, null, 2)}\n`, { flag: force ? 'w' : 'wx' });
    return file;
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
    throw new ClientFault(`${file} bestaat al en is niet overschreven. Overschrijven: --force`);
  }
}
