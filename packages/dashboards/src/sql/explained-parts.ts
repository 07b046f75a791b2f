/** What each part says, in a sentence: where it adds to the savings, and where it takes from it. */
const EXPLANATIONS: Readonly<Record<string, readonly [adds: string, takes: string]>> = {
  volume: ['Er waren meer casussen.', 'Er waren minder casussen.'],
  mix: [
    "Er waren meer casussen van thema's, doelen of werksoorten met veel besparing.",
    "Er waren minder casussen van thema's, doelen of werksoorten met veel besparing.",
  ],
  value: [
    'Een casus was gemiddeld meer waard, bij dezelfde prijzen.',
    'Een casus was gemiddeld minder waard, bij dezelfde prijzen.',
  ],
  price: ['De prijzen in de prijslijst zijn hoger.', 'De prijzen in de prijslijst zijn lager.'],
  factor: ['De correctiefactor is hoger.', 'De correctiefactor is lager.'],
};

const quoted = (text: string) => `'${text.replaceAll("'", "''")}'`;

/** The sentences as a relation: `told (part, adds, takes)`. */
export const EXPLAINED = `(VALUES ${Object.entries(EXPLANATIONS)
  .map(([part, [adds, takes]]) => `('${part}', ${quoted(adds)}, ${quoted(takes)})`)
  .join(',\n           ')}) AS told (part, adds, takes)`;
