/** What the API says of a form: its saving, or what is wrong with it. */
import type { AssessmentPreview, CaseForm, Fault } from '@effectstroom/contracts';
import { ProblemError } from '@effectstroom/runtime';
import type { BoardContext } from '../../board/page.ts';
import type { AssessingWord } from './assessing-words.ts';
import { isKept } from './kept-view.ts';
import type { FieldFault, ReadForm } from './sent-form.ts';

/** What a form is worth, as far as it is complete. */
export interface Worth {
  preview: AssessmentPreview | undefined;
  /** Places of the lines that were valued. */
  places: readonly number[];
  faults: readonly FieldFault[];
  /** The API cannot say now. */
  isUnknown?: boolean;
}

/** Asks what the complete lines save. Throws `ProblemError` where somebody is not signed in any more. */
export async function worthOf(read: ReadForm, form: CaseForm, { api }: BoardContext): Promise<Worth> {
  const places = read.complete.map(({ place }) => place);
  if (places.length === 0) return { preview: undefined, places, faults: [] };
  const { organisation, caseId } = form;
  const { similarCases } = read.sent;
  const avoided = read.complete.map(({ line }) => line);
  try {
    const asked = { organisation, caseId, avoided, similarCases };
    const preview = await api.post<AssessmentPreview>('/v1/assessments/preview', asked);
    return { preview, places, faults: [] };
  } catch (error) {
    const faults = faultsIn(error).map((fault) => atPlace(fault, places));
    if (!isKept(error)) throw error;
    return { preview: undefined, places, faults, isUnknown: faults.length === 0 };
  }
}

/** Why a form was not saved. */
export interface NotSaved {
  faults: readonly FieldFault[];
  notice: AssessingWord | undefined;
  /** The case is another one than was read: what it is now says why. */
  isChanged: boolean;
}

/**
 * What to tell of a refusal. Throws on what is no answer of the API, and where somebody is not signed in any
 * more.
 */
export function notSaved(error: unknown): NotSaved {
  if (!isKept(error)) throw error;
  const { status, extensions } = error;
  const faults = faultsIn(error);
  if (status === 400 && faults.length > 0) return { faults, notice: undefined, isChanged: false };
  if (status === 409) {
    const notice = 'reserved' in extensions ? 'beingSaved' : undefined;
    return { faults: [], notice, isChanged: true };
  }
  const notice = NOTICES[status] ?? (status >= 500 ? 'later' : 'other');
  return { faults: [], notice, isChanged: false };
}

const NOTICES: Readonly<Record<number, AssessingWord>> = { 403: 'notAllowed', 404: 'notThere', 429: 'later' };

function faultsIn(error: unknown): Fault[] {
  const errors = error instanceof ProblemError ? error.extensions['errors'] : undefined;
  return Array.isArray(errors) ? (errors as Fault[]) : [];
}

/** A line that was sent is another one in the form, where lines before it were not complete. */
function atPlace(fault: Fault, places: readonly number[]): Fault {
  const pointer = fault.pointer.replace(
    /^\/avoided\/(\d+)/,
    (_whole, sent: string) => `/avoided/${places[Number(sent)] ?? sent}`,
  );
  return { ...fault, pointer };
}
