/**
 * What a Notificaties API 1.0.1 does for one subscription, written from its published OpenAPI document and
 * from what Open Notificaties documents: it delivers at least once, in no particular order, and can lose.
 */
import type { Zaken } from './zaken.ts';

/** A notification as it is delivered. */
export interface Notificatie {
  kanaal: string;
  hoofdObject: string;
  resource: string;
  resourceUrl: string;
  actie: string;
  aanmaakdatum: string;
  kenmerken?: Record<string, string>;
}

/** A subscription: the address that is called back, and the Authorization value that is sent to it. */
export interface Abonnement {
  callbackUrl: string;
  auth: string;
}

/** What is sent to an address before it is made a subscription. */
const TRIAL: Notificatie = {
  kanaal: 'test',
  hoofdObject: 'http://some.hoofdobject.nl/',
  resource: 'some_resource',
  resourceUrl: 'http://some.resource.nl/',
  actie: 'create',
  aanmaakdatum: '2019-01-01T12:00:00Z',
  kenmerken: {},
};

/** Sends one notification. @returns the status of the answer */
export async function send({ callbackUrl, auth }: Abonnement, message: unknown): Promise<number> {
  const answer = await fetch(callbackUrl, {
    method: 'POST',
    headers: { authorization: auth, 'content-type': 'application/json' },
    body: JSON.stringify(message),
  });
  await answer.body?.cancel();
  return answer.status;
}

/** Makes a subscription, after a trial without and one with authorization. @throws Error where that fails */
export async function subscribe(abonnement: Abonnement): Promise<void> {
  const open = await fetch(abonnement.callbackUrl, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(TRIAL),
  });
  if (open.status !== 401 && open.status !== 403) throw new Error(`not protected: ${open.status}`);
  const status = await send(abonnement, TRIAL);
  if (status < 200 || status > 209) throw new Error(`the callback does not take notifications: ${status}`);
}

/** A notification of a zaak, or of something that belongs to it. */
export function notificatieOf(zaken: Zaken, uuid: string, resource = 'zaak', actie = 'create'): Notificatie {
  const hoofdObject = zaken.url(uuid);
  return {
    kanaal: 'zaken',
    hoofdObject,
    resource,
    resourceUrl:
      resource === 'zaak' ? hoofdObject : `${hoofdObject.replace(/zaken\/[^/]+$/, '')}${resource}en/${uuid}`,
    actie,
    aanmaakdatum: '2021-03-18T09:12:44.123456Z',
    kenmerken: {
      bronorganisatie: '002220647',
      ...(zaken.has(uuid) && { zaaktype: zaken.zaaktypeOf(uuid) }),
      vertrouwelijkheidaanduiding: 'vertrouwelijk',
    },
  };
}
