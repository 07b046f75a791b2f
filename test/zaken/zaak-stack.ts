/** Ingest with a nats-server and a stand-in zaaksysteem of its own, and what the tests ask of them. */
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ConnectionStatus } from '@effectstroom/contracts';
import { becomesTrue, freePort, type Service, startService } from '@effectstroom/infra';
import { IngestStack } from '../ingest/ingest-stack.ts';
import { type Abonnement, notificatieOf, send } from './stand-in/notificaties.ts';
import { Zaaksysteem } from './stand-in/zaaksysteem.ts';

/** How a zaak of the stand-in becomes a case. */
export const MAPPING = {
  name: 'Hulpvragen uit het zaaksysteem',
  municipality: 'GM0394',
  organisation: 'meerwaarde',
  source: 'urn:nld:oin:00000099000000001000:systeem:zaken',
  rows: 'case',
  type: { column: 'status', values: { Ingetrokken: 'withdrawn' }, others: 'empty' },
  case: {
    caseId: { column: 'identificatie' },
    date: { column: 'startdatum' },
    theme: { column: 'eigenschap:Thema', values: { Schulden: '3', Eenzaamheid: '4' } },
    workType: { column: 'zaaktypeIdentificatie', values: { HULPVRAAG: 'raadsliedenwerk' }, others: 'keep' },
    targetGroup: { column: 'eigenschap:Doelgroep' },
  },
  lines: [
    {
      service: { column: 'eigenschap:Dienst' },
      quantity: { column: 'eigenschap:Aantal' },
      likelihood: { column: 'eigenschap:Kans', values: { Zeker: 'certain', Waarschijnlijk: 'probable' } },
      contribution: { column: 'eigenschap:Bijdrage', values: { Zeker: 'certain', Misschien: 'possible' } },
    },
  ],
};

/** Eigenschappen that make a case assessed. */
export const ASSESSMENT = {
  Dienst: 'begeleiding-individueel',
  Aantal: '26',
  Kans: 'Zeker',
  Bijdrage: 'Misschien',
};

/** Intervals that a test can wait for: the poll hardly ever runs unless a test asks for it. */
const PACE = { pollMinutes: 1440, recheckHours: 24, timeoutSeconds: 2, retrySeconds: 0.05 };
const AUTH = 'Bearer abonnement-van-de-proef';

type Event = {
  type: string;
  time: string;
  data: Record<string, unknown> & { caseId: string; revision: number };
};

export class ZaakStack {
  readonly ingest = new IngestStack();
  readonly zaaksysteem = new Zaaksysteem();
  #service: Service | undefined;
  #port = 0;
  #changes: object = {};

  /** Starts the servers, then ingest; `changes` are those of its connection. */
  async start(changes: object = {}): Promise<void> {
    await Promise.all([this.ingest.startNats(), this.zaaksysteem.start()]);
    this.#port = await freePort();
    await this.startIngest(changes);
  }

  /** Starts ingest, or starts it again with the same folder and the same address. */
  async startIngest(changes: object = this.#changes): Promise<void> {
    this.#changes = changes;
    const { folder, nats } = this.ingest;
    writeFileSync(join(folder, 'resident-key'), 'a secret of tests, of enough bytes');
    writeFileSync(join(folder, 'zgw-secret'), this.zaaksysteem.secret);
    writeFileSync(join(folder, 'zaken.json'), JSON.stringify({ connections: [this.#connection(changes)] }));
    this.#service = await startService({
      name: 'ingest',
      folder: join(folder, 'ingest'),
      port: this.#port,
      env: {
        NATS_URL: nats.url,
        LOCAL_KEYS: 'true',
        RESIDENT_KEY_SECRET_FILE: join(folder, 'resident-key'),
        DATA_FOLDER: join(folder, 'data'),
        ZAKEN_FILE: join(folder, 'zaken.json'),
      },
    });
  }

  #connection(changes: object): object {
    const { zakenUrl, catalogiUrl, clientId } = this.zaaksysteem;
    const authorization = createHash('sha256').update(AUTH).digest('hex');
    const secretFile = 'zgw-secret';
    return {
      code: 'proef',
      mapping: MAPPING,
      zakenUrl,
      catalogiUrl,
      clientId,
      secretFile,
      authorization,
      ...PACE,
      ...changes,
    };
  }

  /** kill -9 */
  async killIngest(): Promise<void> {
    this.#service?.kill('SIGKILL');
    await this.#service?.exited;
  }

  async stopIngest(): Promise<void> {
    await this.#service?.stop();
  }

  async end(): Promise<void> {
    await this.stopIngest();
    await this.zaaksysteem.stop();
    await this.ingest.end();
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  get abonnement(): Abonnement {
    return { callbackUrl: `${this.url}/v1/notifications/proef`, auth: AUTH };
  }

  /** Notifies of a zaak or of what belongs to it. @returns the status of the answer */
  notify(uuid: string, resource?: string, actie?: string): Promise<number> {
    return send(this.abonnement, notificatieOf(this.zaaksysteem.zaken, uuid, resource, actie));
  }

  /** The connection as `GET /v1/notifications` shows it. */
  async status(): Promise<ConnectionStatus> {
    const answer = await fetch(`${this.url}/v1/notifications`, {
      headers: { authorization: 'Bearer local-admin' },
    });
    const { connections } = (await answer.json()) as { connections: ConnectionStatus[] };
    const [connection] = connections;
    if (connection === undefined) throw new Error('there is no connection');
    return connection;
  }

  /** Waits until the connection is so. @throws Error with what it is where it does not become so */
  async until(isSo: (status: ConnectionStatus) => boolean, deadlineMs = 20_000): Promise<ConnectionStatus> {
    let last: ConnectionStatus | undefined;
    const look = async (): Promise<boolean> => {
      last = await this.status();
      return isSo(last);
    };
    if ((await becomesTrue(look, deadlineMs)) && last !== undefined) return last;
    throw new Error(`the connection is ${JSON.stringify(last, undefined, 1)}\n${this.log()}`);
  }

  /** Waits until no zaak is to be fetched. */
  settled(): Promise<ConnectionStatus> {
    return this.until(({ zaken }) => zaken.pending === 0);
  }

  /** The case events in the stream, in the order of their revisions. */
  async events(): Promise<Event[]> {
    const texts = (await this.ingest.messages()).flatMap(({ text }) => text.split('\n'));
    const events = texts.map((text): Event => JSON.parse(text));
    return events.sort((a, b) => a.data.revision - b.data.revision);
  }

  /** The case events in the stream: the last word of their type, with the case. */
  async story(): Promise<string[]> {
    return (await this.events()).map(({ type, data }) => `${type.split('.').at(-1)} ${data.caseId}`);
  }

  /** What ingest logged. */
  log(): string {
    return readFileSync(join(this.ingest.folder, 'ingest', 'ingest.log'), 'utf8');
  }
}
