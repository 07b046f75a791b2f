/** What every description ends with: on what basis the figure was made. */

/** A panel's title and what it says in plain Dutch; `basis` comes from below. */
export interface PanelText {
  title: string;
  says: string;
  basis: string;
}

const KNOWN =
  'Zoals nu bekend: het bord rekent na elke levering opnieuw. Of alles binnen is, staat bovenaan (bekend ' +
  'tot, quarantaine, bronnen te laat).';

const CORRECTED =
  'Na correctie (met de correctiefactor). Casussen met een datum in de gekozen periode, met alle getelde ' +
  'jaren (cohort).';

/** Corrected euros of the cases of the period. */
export const SAVINGS = `${CORRECTED} Alle kostenhouders. ${KNOWN}`;
/** The same, only for cost bearers of the municipality. */
export const OF_MUNICIPALITY = `${CORRECTED} Alleen kostenhouders van de gemeente. ${KNOWN}`;
/** Figures of both purses beside each other. */
export const BOTH_PURSES = `${CORRECTED} Alle kostenhouders, en apart die van de gemeente. ${KNOWN}`;
/** Savings against budget. */
export const AGAINST_BUDGET =
  `${CORRECTED} Budget tot nu: het jaarbudget naar de dagen die voorbij zijn; ` +
  `zonder enig budget de kosten van de inzet. ${KNOWN}`;
/** The expected year end. */
export const OUTLOOK =
  'Na correctie, cohort, alle kostenhouders. Verwacht: wat er is, plus het gemiddelde van de laatste 12 ' +
  'hele maanden voor de rest van het jaar; laag en hoog zijn de grenzen van 95 %. Leeg bij minder dan 3 ' +
  `maanden. ${KNOWN}`;
/** Counts of cases. */
export const CASES = `Aantallen casussen met een datum in de gekozen periode, zonder ingetrokken casussen. ${KNOWN}`;
/** The parts of a difference. */
export const DIFFERENCE =
  'Na correctie, cohort, alle kostenhouders (en apart die van de gemeente). De stappen gaan in een vaste ' +
  `volgorde: aantal, samenstelling, waarde, prijs, factor. ${KNOWN}`;
/** Changes by the moment they became known. */
export const CHANGES =
  'Bruto en na correctie, alle getelde jaren, alle kostenhouders. Op de dag waarop de wijziging bekend ' +
  'werd, ook als de casus van een eerder jaar is. Bovenaan staat de tijd die getoond wordt.';
/** Facts about data that was delivered. */
export const DELIVERED = 'Uit wat is aangeleverd en opgeslagen, bijgewerkt na elke levering. Geen bedragen.';
/** What the exporter measured. */
export const MEASURED =
  'Gemeten door de exporter bij de laatste verversing. Valt de exporter weg, dan is het paneel leeg. Geen ' +
  'bedragen.';

/** The description of a panel: what it says, and its basis. */
export function describe({ says, basis }: PanelText): string {
  return `${says}\n\n**Grondslag.** ${basis}`;
}
