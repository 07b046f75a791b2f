import { type Database, isMigrated, type Readers } from '@effectstroom/database';
import {
  addAccessHooks,
  addHealthRoutes,
  createHttpServer,
  type KeyRing,
  type Logger,
  ProblemError,
  type RefusalCounts,
  requireScope,
} from '@effectstroom/runtime';
import type { FastifyInstance } from 'fastify';
import type { Kysely } from 'kysely';
import { type BoardOptions, boardDeps } from './board/deps.ts';
import { addBoardPages } from './board/frame.ts';
import { boardPages } from './board/pages.ts';
import { problemOf } from './problems.ts';
import { reportDownloads } from './report/board/downloads.ts';
import { type AssessingNeeds, addAssessingRoutes } from './routes/assessing.ts';
import { addCaseRoute } from './routes/cases.ts';
import { addClosingRoutes, addRecomputeRoute } from './routes/closings.ts';
import { addCompareRoute } from './routes/compare.ts';
import { addDeliveriesRoutes } from './routes/deliveries.ts';
import { addDocsRoute } from './routes/docs.ts';
import { addErasureRoutes } from './routes/erasures.ts';
import { addExplainRoute } from './routes/explain.ts';
import { addGuardRoutes } from './routes/guards.ts';
import { addMunicipalitiesRoute } from './routes/municipalities.ts';
import { addOpenApiRoute } from './routes/openapi.ts';
import { addOutlookRoute } from './routes/outlook.ts';
import { addQuarantineRoute } from './routes/quarantine.ts';
import { addReportRoutes, type ReportNeeds } from './routes/reports.ts';
import { addSavingsRoute } from './routes/savings.ts';
import { addSettingsRoutes } from './routes/settings.ts';
import { addStatusRoute } from './routes/status.ts';
import type { StreamWatch } from './stream.ts';
import type { SmallNumberLimits } from './suppression/risk.ts';

/** What the portal reads from. */
export interface PortalOptions {
  readers: Pick<Readers, 'db' | 'source'>;
  keys: KeyRing;
  stream: StreamWatch;
  refusals: RefusalCounts;
  log: Logger;
  /** What keys without the scope detail do not see. */
  smallNumbers: SmallNumberLimits;
  board: BoardOptions;
  assessing: AssessingNeeds;
  reports: ReportNeeds;
}

/** The portal's server with all its routes, not yet listening. */
export function createPortal(options: PortalOptions): FastifyInstance {
  const { readers, keys, stream, refusals, log, smallNumbers, board, assessing, reports } = options;
  const { db } = readers;
  const app = createHttpServer(log);
  addAccessHooks(app, keys, log);
  const schema = watchSchema(db);
  addHealthRoutes(app, {
    database: () => reasonOf(async () => ((await schema.check()) ? undefined : 'has no schema yet')),
    stream: () => reasonOf(async () => void (await stream.read())),
    keys: () => keys.check(),
  });
  addOpenApiRoute(app);
  addDocsRoute(app);
  addBoardPages(app, boardDeps(db, keys, log, board), boardPages(board), reportDownloads);
  addRecomputeRoute(app);
  app.register(async (figures) => {
    figures.addHook('onRequest', requireScope(keys, 'read'));
    figures.addHook('onRequest', async () => {
      if (!(await schema.isThere()))
        throw new ProblemError(503, 'the database is not ready yet: try again later', { 'retry-after': '2' });
    });
    figures.setErrorHandler((error) => {
      throw problemOf(error, log);
    });
    addExplainRoute(figures, db, smallNumbers);
    addSavingsRoute(figures, db, smallNumbers);
    addCompareRoute(figures, db, smallNumbers);
    addOutlookRoute(figures, db, smallNumbers);
    addGuardRoutes(figures, db);
    addMunicipalitiesRoute(figures, db);
    addStatusRoute(figures, readers, stream, log);
    addQuarantineRoute(figures, db);
    addDeliveriesRoutes(figures, db, refusals, smallNumbers.fewerThan);
    addCaseRoute(figures, db);
    addSettingsRoutes(figures, db);
    addClosingRoutes(figures, db);
    addErasureRoutes(figures, db);
    addReportRoutes(figures, db, reports);
    addAssessingRoutes(figures, db, assessing);
  });
  return app;
}

/** The schema is made by the calculator: until then there is nothing to ask. */
function watchSchema(db: Kysely<Database>) {
  let isSeen = false;
  const check = async (): Promise<boolean> => {
    isSeen = await isMigrated(db);
    return isSeen;
  };
  return { check, isThere: async () => isSeen || (await check()) };
}

/** Why a check does not pass; undefined where it does. */
async function reasonOf(check: () => Promise<string | undefined>): Promise<string | undefined> {
  try {
    return await check();
  } catch {
    return 'does not answer';
  }
}
