import { z } from 'zod';
import type { Fault } from '../fault.ts';
import { timestamp } from '../fields.ts';
import { faultsOfIssues } from '../zod-faults.ts';

/** Bytes of a notification: it holds no more than addresses. */
export const NOTIFICATION_BYTES = 64 * 1024;

const ADDRESS_SAYS = 'must be a URL of at most 1000 characters';

function name(max: number) {
  const says = `must be a text of 1 to ${max} characters`;
  return z.string({ error: says }).min(1, { error: says }).max(max, { error: says });
}

const address = z.url({ error: ADDRESS_SAYS }).max(1000, { error: ADDRESS_SAYS });

const FEATURES_SAY = 'must be an object whose members are texts of at most 1000 characters';

/**
 * A notification as the VNG Notificaties API 1.0.1 delivers it to a subscriber. Members that it does not have
 * are left out: Open Notificaties adds some of its own.
 */
export const notificationSchema = z
  .object(
    {
      kanaal: name(50),
      hoofdObject: address,
      resource: name(100),
      resourceUrl: address,
      actie: name(100),
      aanmaakdatum: timestamp,
      kenmerken: z
        .record(z.string(), z.string({ error: FEATURES_SAY }).max(1000, { error: FEATURES_SAY }), {
          error: FEATURES_SAY,
        })
        .optional(),
    },
    { error: 'must be an object: one notification' },
  )
  .meta({ id: 'Notification', description: 'Notificaties API 1.0.1 (VNG)' });

/** A notification after its checks. */
export type Notification = z.infer<typeof notificationSchema>;

const NONE: ReadonlySet<string> = new Set();

/** Checks a notification. Never throws; the faults name no value. */
export function checkNotification(
  body: unknown,
): { notification: Notification; faults?: undefined } | { faults: Fault[]; notification?: undefined } {
  const checked = notificationSchema.safeParse(body);
  if (checked.success) return { notification: checked.data };
  return { faults: faultsOfIssues(checked.error.issues, body, NONE) };
}
