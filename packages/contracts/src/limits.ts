const MEBIBYTE = 1024 * 1024;

/**
 * Limits of what comes in. Each is checked at the door, so that nothing behind it needs to.
 * Their relations are asserted below: a change that breaks one does not start.
 */
export const LIMITS = {
  /** Events in one request (design §5). */
  eventsPerRequest: 500,
  /** Bytes of one request's body. */
  bodyBytes: 4 * MEBIBYTE,
  /** Bytes of one event as it is published. */
  eventBytes: 64 * 1024,
  /** Bytes of one message in the stream with its headers: nats-server's default max_payload. */
  streamMessageBytes: MEBIBYTE,
  /** Bytes of what one message carries. */
  messageBytes: MEBIBYTE - 16 * 1024,
  /** Bytes of a programme or price list as it is published. */
  settingsBytes: MEBIBYTE - 16 * 1024,
  /** Faults named in one answer; the last one says how many more there are. */
  faults: 10_000,
  /** Levels of objects and arrays in a JSON text. */
  jsonDepth: 32,
  /** Characters of a JSON number: sixteen never hold more digits than a double keeps. */
  jsonNumberLength: 16,
  /** Characters of a field's name that an answer still repeats. */
  nameLength: 64,
  extensions: 32,
  extensionLength: 1024,
  idLength: 128,
  sourceLength: 512,
  subjectLength: 256,
  codeLength: 64,
  avoidedLines: 50,
  settingsNameLength: 200,
  settingsNoteLength: 1000,
  themes: 200,
  goals: 200,
  workTypes: 200,
  costBearers: 200,
  budgets: 2000,
  /** Ceilings of a programme. */
  ceilings: 2000,
  correctionFactors: 500,
  datedSettings: 100,
  editions: 100,
  items: 5000,
  /** Characters of a text of an organisation's own in its report. */
  reportTextLength: 4000,
  /** Sources of one organisation that are expected to deliver. */
  expectedSources: 100,
  /** Events in one request of quarantine decisions: each is a settings message of its own. */
  decisions: 200,
} as const;

function assertLimits(): void {
  const relations: [boolean, string][] = [
    [LIMITS.eventBytes <= LIMITS.messageBytes, 'one event must fit in one message'],
    [LIMITS.eventBytes <= LIMITS.bodyBytes, 'one event must fit in one request'],
    [LIMITS.messageBytes + 1024 <= LIMITS.streamMessageBytes, 'a message must leave room for its headers'],
    [LIMITS.settingsBytes <= LIMITS.messageBytes, 'settings must fit in one message'],
  ];
  for (const [holds, reason] of relations) if (!holds) throw new Error(`limits: ${reason}`);
}

assertLimits();
