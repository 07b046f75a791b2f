import { type Fault, type Notification, pointerTo } from '@effectstroom/contracts';
import type { Connection } from './connection.ts';
import type { Asked } from './notification-inbox.ts';
import { isUnder, uuidOf } from './zaak-url.ts';

/** What belongs to a zaak and is read. People, documents and contacts are not: they are not even fetched. */
const RESOURCES: ReadonlySet<string> = new Set(['zaak', 'status', 'resultaat', 'zaakeigenschap']);

/**
 * What a notification asks for; faults where it speaks of zaken that do not lie in the zaaksysteem of this
 * connection. A notification of another channel or resource is of no concern.
 */
export function readNotification(
  { zakenUrl }: Pick<Connection, 'zakenUrl'>,
  { kanaal, resource, actie, hoofdObject, resourceUrl }: Notification,
): { asked: Asked; faults?: undefined } | { faults: Fault[]; asked?: undefined } {
  if (kanaal !== 'zaken') return { asked: { what: 'ignored' } };
  const faults: Fault[] = [];
  const report = (name: keyof Notification, detail: string): void => {
    faults.push({ pointer: pointerTo([name]), code: 'mismatch', detail });
  };
  const uuid = uuidOf(zakenUrl, 'zaken', hoofdObject);
  if (uuid === undefined) report('hoofdObject', 'must be a zaak under the zakenUrl of this connection');
  if (!isUnder(zakenUrl, resourceUrl))
    report('resourceUrl', 'must lie under the zakenUrl of this connection');
  if (uuid === undefined || faults.length > 0) return { faults };
  if (!RESOURCES.has(resource)) return { asked: { what: 'ignored' } };
  return { asked: { what: 'taken', uuid, isGone: resource === 'zaak' && actie === 'destroy' } };
}
