import { dirname } from 'node:path';

/** The repository's folder: what `services/<name>/src/main.ts` is relative to. */
export const repository = dirname(dirname(import.meta.dirname));
