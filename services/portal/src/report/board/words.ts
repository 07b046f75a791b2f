/** The words of the page with reports. */
import type { Words } from '../../board/page.ts';

export const WORDS = {
  title: { nl: 'Rapporten', en: 'Reports' },
  make: { nl: 'Maak een rapport', en: 'Make a report' },
  lead: {
    nl:
      'Een Effectrapportage vertelt wat een programma in een periode opleverde, met de methode en de ' +
      'zekerheid erbij.',
    en: 'An effect report tells what a programme brought in over a period, with its method and certainty.',
  },
  programme: { nl: 'Waarover', en: 'About' },
  period: { nl: 'Periode', en: 'Period' },
  periodHelp: { nl: 'Een ander jaar kiest u hierboven.', en: 'Choose another year above.' },
  year: { nl: 'Heel', en: 'All of' },
  state: { nl: 'Cijfers', en: 'Figures' },
  now: { nl: 'Zoals nu bekend', en: 'As known now' },
  closing: { nl: 'Zoals gerapporteerd bij de afsluiting', en: 'As reported at the closing' },
  kind: { nl: 'Als', en: 'As' },
  html: { nl: 'Webpagina', en: 'Web page' },
  pdf: { nl: 'PDF', en: 'PDF' },
  xlsx: { nl: 'Rekenblad (XLSX)', en: 'Spreadsheet (XLSX)' },
  json: { nl: 'Gegevens (JSON)', en: 'Data (JSON)' },
  submit: { nl: 'Maak rapport', en: 'Make report' },
  none: {
    nl: 'Er is nog geen programma waarover een rapport te maken is.',
    en: 'There is no programme yet to make a report about.',
  },
  kept: { nl: 'Bewaarde rapporten', en: 'Kept reports' },
  keptLead: {
    nl:
      'Elke maand gemaakt, over de maand en over het jaar tot dan; zonder cijfers waaruit een inwoner ' +
      'te herkennen is.',
    en:
      'Made each month, about the month and the year so far; without figures that tell of a single ' +
      'resident.',
  },
  noneKept: { nl: 'Er is nog geen rapport bewaard.', en: 'No report has been kept yet.' },
  municipality: { nl: 'Gemeente', en: 'Municipality' },
  asOf: { nl: 'Bekend tot', en: 'Known up to' },
  files: { nl: 'Openen', en: 'Open' },
  noPdf: {
    nl: 'PDF kan hier niet gemaakt worden: er is geen Chromium ingesteld. Een webpagina is wel te printen.',
    en: 'No PDF can be made here: no Chromium is set. A web page can be printed.',
  },
} satisfies Record<string, Words>;
