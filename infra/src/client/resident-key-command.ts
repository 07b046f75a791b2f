import { readArguments } from './arguments.ts';
import { ALL_WELL, type Command } from './command.ts';
import { WrongUse } from './faults.ts';
import { rotateSecret } from './resident-key-file.ts';

const help = `Gebruik: effectstroom resident-key rotate BESTAND

Zet een nieuwe versie in het bestand met het geheim waarmee ingest sleutels van inwoners
(residentKey) vervangt door een hash: RESIDENT_KEY_SECRET_FILE. Eerdere versies blijven staan;
de hoogste wordt gebruikt. Ingest leest een gewijzigd bestand zelf opnieuw. Doe dit op de computer
waar het bestand staat, als de gebruiker die het bezit.

Let op: dezelfde inwoner krijgt voortaan een andere hash. Casussen van voor en na de wissel horen
pas weer bij elkaar als de eerdere opnieuw zijn aangeleverd. Maak een reservekopie van het bestand
en bewaar die als een wachtwoord: zonder dit geheim is geen hash meer te herleiden of te herhalen.

  --help   toon deze uitleg
`;

/** `effectstroom resident-key`: the only command that works on a file of the server itself. */
export const residentKeyCommand: Command = {
  help,
  run: async ([action, ...args], { terminal }) => {
    if (action !== 'rotate') throw new WrongUse('Kies: resident-key rotate BESTAND', 'resident-key');
    const { words } = readArguments('resident-key', args, {}, { least: ['BESTAND'] });
    const [file = ''] = words;
    const version = rotateSecret(file);
    terminal.say(`✔ Versie ${version} van het geheim staat in ${file}; eerdere versies staan er nog.
Maak er nu een reservekopie van. Lever eerdere casussen opnieuw aan om inwoners te blijven herkennen.`);
    return ALL_WELL;
  },
};
