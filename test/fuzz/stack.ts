/** The whole pipeline, with everything switched on that takes something in. */
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '@effectstroom/infra';
import { Pipeline } from '../harness/pipeline.ts';
import { CONNECTION, ORGANISATION, SOURCE } from './valid.ts';

/** What the subscription of the zaaksysteem sends along. */
export const SUBSCRIPTION = 'Bearer abonnement-van-de-proef';

const ZAAK_MAPPING = {
  name: 'Zaken',
  municipality: 'GM0394',
  organisation: ORGANISATION,
  source: SOURCE,
  rows: 'case',
  case: {
    caseId: { column: 'identificatie' },
    date: { column: 'startdatum' },
    theme: { constant: '3' },
  },
};

export class FuzzStack {
  readonly pipeline = new Pipeline();
  /** Where a zaaksysteem would be; nobody is there. */
  zakenUrl = '';
  readonly ingest;
  readonly portal;

  constructor() {
    const { folder } = this.pipeline;
    this.ingest = this.pipeline.service('ingest', {
      DATA_FOLDER: this.dataFolder,
      ZAKEN_FILE: join(folder, 'zaken.json'),
      LOG_LEVEL: 'debug',
    });
    this.portal = this.pipeline.service('portal', { LOG_LEVEL: 'debug' });
  }

  get dataFolder(): string {
    return join(this.pipeline.folder, 'ingest-data');
  }

  async start(): Promise<void> {
    const { folder, calculator } = this.pipeline;
    this.zakenUrl = `http://127.0.0.1:${await freePort()}/zaken/api/v1/`;
    writeFileSync(join(folder, 'zgw-secret'), 'a secret of tests, of enough bytes');
    const connection = {
      code: CONNECTION,
      mapping: ZAAK_MAPPING,
      zakenUrl: this.zakenUrl,
      clientId: 'proef',
      secretFile: 'zgw-secret',
      authorization: createHash('sha256').update(SUBSCRIPTION).digest('hex'),
      pollMinutes: 1440,
      retrySeconds: 600,
    };
    writeFileSync(join(folder, 'zaken.json'), JSON.stringify({ connections: [connection] }));
    await this.pipeline.start([calculator, this.ingest, this.portal]);
  }

  end(): Promise<void> {
    return this.pipeline.end();
  }

  /** The last errors that the services wrote to their logs. */
  lastErrors(): string {
    const lines = this.logs().split('\n');
    return lines
      .filter((line) => line.includes('"level":"error"'))
      .slice(-2)
      .join('\n')
      .slice(-3_000);
  }

  /** What the services wrote to their logs. */
  logs(): string {
    const { folder } = this.pipeline;
    return ['ingest', 'portal', 'calculator']
      .map((name) => readFileSync(join(folder, name, `${name}.log`), 'latin1'))
      .join('\n');
  }
}
