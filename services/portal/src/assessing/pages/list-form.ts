/** The form that narrows the work list to a goal or team, or to a sample. */
import type { Worklist } from '@effectstroom/contracts';
import { type Html, html } from '../../board/html.ts';
import type { BoardContext } from '../../board/page.ts';
import type { ListChoice } from './list-choice.ts';
import { option, textField } from './parts.ts';
import { listWord } from './worklist-words.ts';

/** Parameters of the address that the board keeps. */
const BOARD_PARAMETERS: ReadonlySet<string> = new Set([
  'gemeente',
  'organisatie',
  'programma',
  'jaar',
  'taal',
]);

/** Cases of a goal that can be drawn. */
const SIZES = ['5', '10', '15', '20', '30'];

/** A plain GET, so that the choice is in the address. */
export function narrowingForm(
  choice: ListChoice,
  { rows }: Worklist,
  { language, filters, request }: BoardContext,
): Html {
  const { searchParams } = new URL(request.url, 'http://board');
  const kept = [...searchParams].filter(([name]) => BOARD_PARAMETERS.has(name));
  const goals = [
    ...new Map(rows.flatMap((one) => (one.goal === null ? [] : [[one.goal, one.goalName ?? one.goal]]))),
  ];
  const teams = [...new Set(rows.flatMap(({ team }) => team ?? []))];
  const isOpen = Object.values(choice).some((value) => value !== undefined);
  return html`<details ${isOpen && html`open`}>
    <summary>${listWord('narrow', language)}</summary>
    <form class="list-choice" method="get" action="/beoordelen">
      ${kept.map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)}
      <div class="field">${textField({
        id: 'doel',
        label: listWord('goal', language),
        value: choice.doel ?? '',
        length: 64,
        list: 'doelen',
      })}
        <datalist id="doelen">${goals.map(([code, name]) => option(code, name, undefined))}</datalist></div>
      <div class="field">${textField({
        id: 'team',
        label: listWord('team', language),
        value: choice.team ?? '',
        length: 64,
        list: 'teams',
      })}
        <datalist id="teams">${teams.map((team) => option(team, '', undefined))}</datalist></div>
      ${sampleFields(choice, language, filters.organisation !== undefined)}
      <button class="utrecht-button utrecht-button--secondary-action">${listWord('show', language)}</button>
    </form>
  </details>`;
}

function sampleFields(choice: ListChoice, language: BoardContext['language'], isOfOne: boolean): Html {
  if (!isOfOne) return html`<p class="help">${listWord('sampleNeeds', language)}</p>`;
  return html`<div class="field"><label for="steekproef">${listWord('sample', language)}</label>
      <select class="utrecht-select" id="steekproef" name="steekproef">
        <option value="">${listWord('noSample', language)}</option>
        ${SIZES.map((size) => option(size, `${size} ${listWord('cases', language)}`, choice.steekproef))}
      </select></div>
    <div class="field">${textField({
      ...{ id: 'trekking', label: listWord('draw', language), value: choice.trekking ?? '1', length: 64 },
      ...{ help: listWord('drawHelp', language), attributes: html`aria-describedby="trekking-help"` },
    })}</div>`;
}
