import { ConfigError, type Lifecycle, type Logger } from '@effectstroom/runtime';
import { DeliveredCases } from '../delivery/delivered-cases.ts';
import { openStore } from '../delivery/store.ts';
import { readConnections } from './connection.ts';
import type { Delivery } from './deliver-zaak.ts';
import { ZaakConnection } from './zaak-connection.ts';

/** Where the zaaksystemen are named, and where their work in hand is kept. */
export interface ZakenConfig {
  ZAKEN_FILE?: string | undefined;
  DATA_FOLDER?: string | undefined;
}

/**
 * The zaaksystemen of `ZAKEN_FILE`, at work until the service stops; none without that variable. Throws
 * `ConfigError` where the file cannot be used.
 */
export function startZaken(
  { ZAKEN_FILE: file, DATA_FOLDER: folder }: ZakenConfig,
  delivery: Omit<Delivery, 'delivered'>,
  log: Logger,
  lifecycle: Lifecycle,
): ZaakConnection[] {
  if (file === undefined) return [];
  if (folder === undefined) throw new ConfigError(['ZAKEN_FILE needs DATA_FOLDER, where its work is kept']);
  const named = readConnections(file);
  const db = openStore(folder);
  lifecycle.onStop('zaken in hand', () => db.close());
  const delivered = new DeliveredCases(db);
  const connections = named.map((one) => new ZaakConnection(one, db, { ...delivery, delivered }, log));
  for (const one of connections) {
    one.start();
    lifecycle.onStop(`zaken of ${one.connection.code}`, () => one.close());
  }
  return connections;
}
