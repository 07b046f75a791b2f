import { becomesTrue } from '@effectstroom/infra';
import { Refused } from './post.ts';

/**
 * Waits until something is so; while it cannot be asked, it is not.
 * @param what it is, for the message: 'everything is in the totals'
 * @throws Error where it does not become so in time, with why it could not be asked; or where `signal` aborts
 * @throws Refused at once
 */
export async function until(
  isSo: () => Promise<boolean>,
  what: string,
  deadlineMs = 60_000,
  signal?: AbortSignal,
): Promise<void> {
  let reason: unknown;
  const look = () => {
    signal?.throwIfAborted();
    return isSo().catch((error: unknown) => {
      if (error instanceof Refused) throw error;
      reason = error;
      return false;
    });
  };
  if (!(await becomesTrue(look, deadlineMs)))
    throw new Error(`After ${deadlineMs} ms it is not so that ${what}`, { cause: reason });
}
