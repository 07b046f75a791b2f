import { z } from 'zod';
import { type Fault, pointerTo } from './fault.ts';
import { freeText, oneOf, slug, uriReference } from './fields.ts';
import { LIMITS } from './limits.ts';
import { personalDataFaults } from './personal-data/personal-data-faults.ts';
import { faultsOfIssues } from './zod-faults.ts';

/** What a decision is about: an event, or what was sent under an identity that an event has already. */
const TARGETS = ['event', 'identity-conflict'] as const;

/** A decision on what stands in quarantine, as it is published and kept. */
export interface QuarantineDecision {
  organisation: string;
  source: string;
  id: string;
  target: (typeof TARGETS)[number];
  /** A dismissed event counts nothing until it is retried, whatever the settings. */
  decision: 'dismiss' | 'retry';
  reason: string;
}

const decision = oneOf(['dismiss', 'retry']);
const reason = freeText(1, LIMITS.settingsNameLength);
const identity = { source: uriReference, id: freeText(1, LIMITS.idLength) };

/** `data` of the settings event of one decision. */
export const quarantineDecisionSchema = z.strictObject({
  organisation: slug,
  ...identity,
  target: oneOf(TARGETS),
  decision,
  reason,
}) satisfies z.ZodType<QuarantineDecision>;

const EVENTS_SAYS = `must be a list of 1 to ${LIMITS.decisions} events`;

/** Body of `POST /v1/quarantine/{organisation}/decisions`. */
export const quarantineDecisionsSchema = z
  .strictObject(
    {
      decision,
      reason: reason.meta({ description: 'Why, for who asks later; no personal data' }),
      events: z
        .array(
          z.strictObject(
            { ...identity, target: oneOf(TARGETS).optional().meta({ default: 'event' }) },
            { error: 'must be an object with source and id, and target where it is an identity-conflict' },
          ),
          { error: EVENTS_SAYS },
        )
        .min(1, { error: EVENTS_SAYS })
        .max(LIMITS.decisions, { error: EVENTS_SAYS }),
    },
    { error: 'must be an object with decision, reason and events' },
  )
  .meta({ id: 'QuarantineDecisions' });

const NONE: ReadonlySet<string> = new Set();

/** Checks the decisions on events of one organisation. Never throws; the faults name no value. */
export function checkQuarantineDecisions(
  organisation: string,
  body: unknown,
): { decisions: QuarantineDecision[]; faults?: undefined } | { faults: Fault[]; decisions?: undefined } {
  const checked = quarantineDecisionsSchema.safeParse(body);
  const faults = checked.success ? [] : faultsOfIssues(checked.error.issues, body, NONE);
  faults.push(...personalDataFaults(body), ...organisationFaults(organisation));
  if (!checked.success || faults.length > 0) return { faults };
  const { decision, reason, events } = checked.data;
  return {
    decisions: events.map(({ source, id, target = 'event' }) => ({
      ...{ organisation, source, id, target, decision, reason },
    })),
  };
}

/** Faults of the address stand at the body's root: there is no pointer into a URL. */
function organisationFaults(organisation: string): Fault[] {
  const checked = z.strictObject({ organisation: slug }).safeParse({ organisation });
  if (checked.success) return [];
  return faultsOfIssues(checked.error.issues, { organisation }, NONE).map(({ code, detail }) => ({
    pointer: pointerTo([]),
    code,
    detail: `organisation in the address: ${detail}`,
  }));
}
