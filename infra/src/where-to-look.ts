import type { Stack } from './stack.ts';

const QUESTION = 'municipality=GM0394&organisation=meerwaarde&from=2021-01-01&to=2021-12-31&groupBy=theme';

/** What a person reads once the stack is up: where to look, and with which key. */
export function whereToLook({ ingest, portal, exporter, reader }: Stack): string {
  return `
Effectstroom draait. Kijk op:
  het bord          ${portal}/ (inloggen met local-read)
  beoordelen        ${portal}/beoordelen (inloggen met local-admin)
  rapporten         ${portal}/rapporten
  API-beschrijving  ${portal}/v1/docs (${portal}/v1/openapi.json)
  metingen          ${exporter}/metrics
  aanleveren        ${ingest}/v1/events (sleutel local-ingest)

Bijvoorbeeld:
  curl -H 'Authorization: Bearer local-read' \\
    '${portal}/v1/savings?${QUESTION}'
${reader === undefined ? '' : forReaders(reader)}
Stoppen: Ctrl-C`;
}

function forReaders({ address, secretFile }: NonNullable<Stack['reader']>): string {
  return `
Met SQL of Grafana, alleen lezen (schema reporting):
  PGPASSWORD=$(cat ${quoted(secretFile)}) psql ${address}
`;
}

function quoted(path: string): string {
  return /^[\w./-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`;
}
