import { pino } from 'pino';

/** A structured log. Lines say what happened to how many, never what an event, a key or a query holds. */
export type Logger = pino.Logger;

/** Severity from which lines are written. */
export type LogLevel = pino.LevelWithSilent;

/** A log of JSON lines on standard output; every line names the service. */
export function createLog(service: string, level: LogLevel): Logger {
  return pino({
    level,
    base: { service },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
  });
}
