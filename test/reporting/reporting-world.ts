/** A portal with invented cases, and a reader of `reporting` on the same database. */
import { expect } from 'vitest';
import { inventCases, inventPriceList, inventProgrammes } from '../portal/invented-cases.ts';
import { startTestPortal, type TestPortal } from '../portal/portal-server.ts';
import { writeInvented } from '../portal/write-invented.ts';
import { seededRandom } from '../scenarios/random.ts';
import { openReader, type Reader } from './reader.ts';

export interface ReportingWorld {
  portal: TestPortal;
  reader: Reader;
  /** An answer of the portal. */
  ask<T>(path: string, query: Record<string, string>): Promise<T>;
  end(): Promise<void>;
}

/** Starts it; `end` must be called. */
export async function startReportingWorld(): Promise<ReportingWorld> {
  const portal = await startTestPortal();
  const { url, db } = portal.database;
  await writeInvented(url, inventCases(500, seededRandom(23n)), inventProgrammes(), [inventPriceList()]);
  const reader = await openReader(db, url);
  return {
    ...{ portal, reader },
    ask: async <T>(path: string, query: Record<string, string>) => {
      const response = await portal.get(`${path}?${new URLSearchParams(query)}`);
      const body = await response.json();
      expect(response.status, JSON.stringify(body)).toBe(200);
      return body as T;
    },
    end: async () => {
      await reader.close();
      await portal.stop();
    },
  };
}
