/** Reports on disk: a folder each, which appears whole or not at all. */
import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type KeptReport, keptReportSchema, REPORT_KINDS, type ReportFile } from '@effectstroom/contracts';
import { daysOf } from '../question.ts';

/** Of one programme: a month and a year to date for five years. */
const KEPT_MAX = 120;

const ID = /^(GM\d{4})_([a-z0-9-]{1,64})_([a-z0-9-]{1,64})_([0-9Q-]{4,22})$/;
const ABOUT = 'about.json';

/** Whose reports are asked for; what is undefined is all. */
export interface KeptFilter {
  municipality?: string | undefined;
  organisation?: string | undefined;
  programme?: string | undefined;
  /** Codes that may be read. */
  organisations?: readonly string[] | undefined;
}

interface Named extends Record<'municipality' | 'organisation' | 'programme' | 'period' | 'lastDay', string> {
  id: string;
}

export class ReportStore {
  readonly #folder: string | undefined;

  /** @param folder undefined keeps nothing; portals that share a folder share its reports */
  constructor(folder: string | undefined) {
    this.#folder = folder;
  }

  /** Whether reports are kept at all. */
  get keeps(): boolean {
    return this.#folder !== undefined;
  }

  /** The newest reports, by the last day of their period; `limit` at most. */
  async list(filter: KeptFilter, limit: number): Promise<KeptReport[]> {
    const named = (await this.#names()).filter((one) => isAsked(one, filter)).sort(newestFirst);
    const kept: KeptReport[] = [];
    for (const { id } of named.slice(0, limit)) {
      const about = await this.#about(id);
      if (about !== undefined) kept.push(about);
    }
    return kept;
  }

  async has(id: string): Promise<boolean> {
    return (await this.#about(id)) !== undefined;
  }

  /** A file of a report; undefined where there is none. */
  async file(id: string, kind: ReportFile): Promise<Buffer | undefined> {
    if (this.#folder === undefined || !ID.test(id)) return undefined;
    return orNone(readFile(join(this.#folder, id, `report.${kind}`)));
  }

  /** Keeps a report, and lets go of the oldest of its programme where there are too many. */
  async keep(about: KeptReport, files: ReadonlyMap<ReportFile, Buffer>): Promise<void> {
    if (this.#folder === undefined || !ID.test(about.id)) return;
    const draft = join(this.#folder, `.${randomUUID()}`);
    await mkdir(draft, { recursive: true });
    try {
      for (const [kind, bytes] of files) await writeFile(join(draft, `report.${kind}`), bytes);
      await writeFile(join(draft, ABOUT), JSON.stringify(about));
      const place = join(this.#folder, about.id);
      await rm(place, { recursive: true, force: true });
      await rename(draft, place);
    } finally {
      await rm(draft, { recursive: true, force: true });
    }
    await this.#letGo(about);
  }

  async #letGo({ municipality, organisation, programme }: KeptReport): Promise<void> {
    const named = (await this.#names()).filter((one) =>
      isAsked(one, { municipality, organisation, programme }),
    );
    for (const { id } of named.sort(newestFirst).slice(KEPT_MAX))
      await rm(join(this.#folder ?? '', id), { recursive: true, force: true });
  }

  async #names(): Promise<Named[]> {
    if (this.#folder === undefined) return [];
    const names = (await orNone(readdir(this.#folder))) ?? [];
    return names.flatMap((id) => namedBy(id) ?? []);
  }

  async #about(id: string): Promise<KeptReport | undefined> {
    if (this.#folder === undefined || !ID.test(id)) return undefined;
    const text = await orNone(readFile(join(this.#folder, id, ABOUT), 'utf8'));
    try {
      return text === undefined ? undefined : keptReportSchema.safeParse(JSON.parse(text)).data;
    } catch {
      return undefined;
    }
  }
}

/** Id and kind of a file as an address names it: `GM0394_meerwaarde_main_2025-03.pdf`. */
export function readFileName(
  name: string,
): { id: string; organisation: string; kind: ReportFile } | undefined {
  const dot = name.lastIndexOf('.');
  const kind = REPORT_KINDS.find((one) => one === name.slice(dot + 1));
  const named = namedBy(name.slice(0, Math.max(0, dot)));
  return kind === undefined || named === undefined
    ? undefined
    : { id: named.id, organisation: named.organisation, kind };
}

function namedBy(id: string): Named | undefined {
  const [, municipality, organisation, programme, period] = ID.exec(id) ?? [];
  if (!municipality || !organisation || !programme || !period) return undefined;
  return { id, municipality, organisation, programme, period, lastDay: daysOf(period).to };
}

function isAsked(one: Named, { municipality, organisation, programme, organisations }: KeptFilter): boolean {
  return (
    (municipality === undefined || one.municipality === municipality) &&
    (organisation === undefined || one.organisation === organisation) &&
    (programme === undefined || one.programme === programme) &&
    (organisations === undefined || organisations.includes(one.organisation))
  );
}

function newestFirst(one: Named, other: Named): number {
  if (one.lastDay !== other.lastDay) return one.lastDay < other.lastDay ? 1 : -1;
  return one.id < other.id ? -1 : 1;
}

async function orNone<T>(result: Promise<T>): Promise<T | undefined> {
  try {
    return await result;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}
