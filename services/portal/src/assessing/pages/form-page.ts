/** `/beoordelen/{organisation}/{caseId}`: one case is assessed. */
import { type CaseForm, caseAddressSchema, LIMITS, type Worklist } from '@effectstroom/contracts';
import { z } from 'zod';
import type { Html } from '../../board/html.ts';
import type { Acted, BoardContext, BoardPage } from '../../board/page.ts';
import { type AssessingWord, say } from './assessing-words.ts';
import { casePath } from './case-path.ts';
import { shownFaults } from './field-faults.ts';
import { notSaved, worthOf } from './form-answers.ts';
import { EMPTY_LINE, type FormState, formIn, formOf, newForm } from './form-state.ts';
import { formView } from './form-view.ts';
import { isKept, keptView } from './kept-view.ts';
import { listChoice, listQuestion } from './list-choice.ts';
import { labelled } from './listed-services.ts';
import { type FieldFault, type ReadForm, readForm } from './sent-form.ts';

/** The form of one case; reached from the work list. */
export const FORM_PAGE: BoardPage = {
  path: '/beoordelen/:organisation/:caseId',
  title: { nl: 'Casus beoordelen', en: 'Assess a case' },
  hasNoFilters: true,
  scripts: ['assess'],
  render: async (context) => {
    const form = await formOfCase(context);
    const { overnemen, cases } = addressOf(context);
    const isTakenOver = overnemen === '1' && form.former !== null;
    const given = isTakenOver ? form.former : form.current;
    const services = labelled(form.services, context.formats);
    const state = given === null ? newForm(form, cases ?? '1') : formOf(given, form, services);
    return view(context, form, readForm(state, services), { isTakenOver, revision: String(form.revision) });
  },
  act: async (context) => {
    const state = formIn(context.request.body);
    const { actie: action = '', revisie: revision = '' } = bodySchema.parse(context.request.body ?? {});
    try {
      return await answer(context, { state, action, revision });
    } catch (error) {
      if (!isKept(error)) throw error;
      return keptView(error, { state, revision }, context);
    }
  },
};

/** A form that was sent. */
interface SentForm {
  state: FormState;
  action: string;
  /** The revision that was shown when somebody began to fill it in. */
  revision: string;
}

/** Throws `ProblemError` where the case cannot be read. */
async function answer(context: BoardContext, { state, action, revision }: SentForm): Promise<Acted> {
  const form = await formOfCase(context);
  const services = labelled(form.services, context.formats);
  const changed = withLines(state, action);
  if (changed !== undefined)
    return { shown: await view(context, form, readForm(changed.state, services), { ...changed, revision }) };
  const read = readForm(state, services);
  const anyway = /^toch-(\d{1,16})$/.exec(action)?.[1];
  if (action !== 'opslaan' && anyway === undefined)
    return { shown: await view(context, form, read, { faults: unclear(read), revision }) };
  return save(context, form, read, { shown: revision, over: anyway ?? revision });
}

const text = z.string().max(200).optional().catch(undefined);
const bodySchema = z.object({ actie: text, revisie: text });
const addressSchema = z.object({
  overnemen: text,
  opgeslagen: caseAddressSchema.shape.caseId.optional().catch(undefined),
  cases: z
    .string()
    .regex(/^\d{1,6}$/)
    .optional()
    .catch(undefined),
});

const addressOf = ({ request }: BoardContext) => addressSchema.parse(request.query ?? {});

async function formOfCase({ api, request }: BoardContext): Promise<CaseForm> {
  const { organisation, caseId } = request.params as Record<string, string>;
  return api.get<CaseForm>(`/v1/assessments/${casePath(organisation, caseId)}`);
}

/** The form with one line more or less; undefined where the action is another one. */
function withLines(state: FormState, action: string): { state: FormState; focus: number } | undefined {
  const { lines } = state;
  if (action === 'erbij') {
    if (lines.length >= LIMITS.avoidedLines) return { state, focus: lines.length - 1 };
    return { state: { ...state, lines: [...lines, EMPTY_LINE] }, focus: lines.length };
  }
  const removed = /^weg-(\d{1,2})$/.exec(action)?.[1];
  if (removed === undefined) return undefined;
  const left = lines.filter((_, place) => place !== Number(removed));
  return { state: { ...state, lines: left.length === 0 ? [EMPTY_LINE] : left }, focus: 0 };
}

/** Of a form that is still being filled in, only what was filled in can be wrong. */
function unclear({ faults }: ReadForm): FieldFault[] {
  return faults.filter(({ code }) => code !== 'required');
}

/** @param revision `shown` at first, and the one that this assessment is to come `over` */
async function save(
  context: BoardContext,
  form: CaseForm,
  read: ReadForm,
  revision: { shown: string; over: string },
): Promise<Acted> {
  if (read.faults.length > 0)
    return view(context, form, read, { faults: read.faults, revision: revision.shown });
  const path = `/v1/assessments/${casePath(form.organisation, form.caseId)}`;
  try {
    await context.api.post(path, { revision: Number(revision.over), ...read.sent });
  } catch (error) {
    const told = notSaved(error);
    // It may have changed since it was read.
    const newest = told.isChanged ? await formOfCase(context) : form;
    const again = readForm(read.form, labelled(newest.services, context.formats));
    return view(context, newest, again, { ...told, revision: revision.shown, isRefused: true });
  }
  // It is saved: what goes wrong from here on must not have it sent again.
  return { to: await nextAddress(context, form).catch(() => listAddress(context, form)) };
}

/** The list, which says that the case was saved. */
function listAddress(context: BoardContext, { caseId }: CaseForm): string {
  return context.filters.href('/beoordelen', { ...listChoice(context), opgeslagen: caseId });
}

/** The next case of the list from which one came, or else the list. */
async function nextAddress(context: BoardContext, form: CaseForm): Promise<string> {
  const { organisation, caseId } = form;
  const { api, filters } = context;
  const choice = listChoice(context);
  const { rows } = await api.get<Worklist>('/v1/assessments', {
    ...listQuestion(context, choice),
    limit: '2',
  });
  // The one that was saved may still be on the list: its figures follow in a moment.
  const next = rows.find((one) => one.organisation !== organisation || one.caseId !== caseId);
  if (next === undefined) return listAddress(context, form);
  return filters.href(`/beoordelen/${next.organisation}/${encodeURIComponent(next.caseId)}`, {
    ...{ ...choice, opgeslagen: caseId },
    ...(next.similarCases === null ? {} : { cases: String(next.similarCases) }),
  });
}

interface Shown {
  /** The revision that was shown at first. */
  revision: string;
  /** Saving was refused because the case changed. */
  isRefused?: boolean;
  faults?: readonly FieldFault[];
  notice?: AssessingWord | undefined;
  focus?: number;
  isTakenOver?: boolean;
}

async function view(
  context: BoardContext,
  form: CaseForm,
  read: ReadForm,
  { revision, isRefused = false, faults = [], notice, focus = 0, isTakenOver = false }: Shown,
): Promise<Html> {
  const { api, filters, language } = context;
  const choice = listChoice(context);
  const { opgeslagen: saved, cases } = addressOf(context);
  const worth = await worthOf(read, form, context);
  const problems = worth.faults.filter(({ pointer }) => !faults.some((one) => one.pointer === pointer));
  const isAfterSaving = saved !== undefined && context.request.method === 'GET';
  const list = isAfterSaving
    ? await api
        .get<Worklist>('/v1/assessments', { ...listQuestion(context, choice), limit: '1' })
        .catch(() => undefined)
    : undefined;
  return formView(
    {
      ...{ form, state: read.form, revision, isRefused, notice, focus, isTakenOver },
      waiting: list?.waiting,
      faults: shownFaults(faults, language),
      saving: {
        ...{ preview: worth.preview, places: worth.places, lines: read.form.lines },
        problems: [
          ...shownFaults(problems, language).map((one) => one.text),
          ...(worth.isUnknown ? [say('noSaving', language)] : []),
        ],
      },
      saved: isAfterSaving ? saved : undefined,
      listHref: filters.href('/beoordelen', choice),
      takeOverHref: filters.href(`/beoordelen/${form.organisation}/${encodeURIComponent(form.caseId)}`, {
        ...{ ...choice, cases, overnemen: '1' },
      }),
    },
    context,
  );
}
