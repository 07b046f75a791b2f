/** What an assessment saves, with its sum; shown anew while somebody fills in the form. */
import type { AssessmentPreview } from '@effectstroom/contracts';
import { type Html, html } from '../../board/html.ts';
import type { BoardContext } from '../../board/page.ts';
import { say } from './assessing-words.ts';
import type { LineState } from './form-state.ts';

/** What is known of the saving. */
export interface SavingParts {
  /** Undefined where no line is complete, or the settings cannot value it. */
  preview: AssessmentPreview | undefined;
  /** Places of the lines in it. */
  places: readonly number[];
  lines: readonly LineState[];
  /** What is wrong beside the fields. */
  problems: readonly string[];
}

/** The saving: its total is told to who listens, its sum can be opened. */
export function savingPart(parts: SavingParts, { language, formats }: BoardContext): Html {
  const { preview, problems } = parts;
  return html`<section id="besparing" class="saving" aria-labelledby="besparing-kop">
    <h2 id="besparing-kop">${say('saving', language)}</h2>
    <p id="besparing-totaal" role="status">${
      preview === undefined
        ? html`<span class="help">${say('fillIn', language)}</span>`
        : html`<strong>${formats.cents(preview.corrected)}</strong> ${say('corrected', language)}`
    }</p>
    <div id="besparing-uitleg">
      ${problems.map((text) => html`<p class="field-fault">${text}</p>`)}
      ${preview !== undefined && basis(preview, { language, formats })}
      ${preview !== undefined && working(parts, preview, language)}
    </div>
  </section>`;
}

function working(parts: SavingParts, preview: AssessmentPreview, language: BoardContext['language']): Html {
  const lines = parts.lines.map((line, place) => sum(parts, preview, line, place, language));
  return html`<details><summary>${say('how', language)}</summary><ol lang="nl">${lines}</ol></details>`;
}

type Shows = Pick<BoardContext, 'language' | 'formats'>;

function basis(preview: AssessmentPreview, { language, formats }: Shows): Html {
  const { oneOff, yearly, factor, similarCases, gross, lines } = preview;
  const years = Math.max(1, ...lines.map(({ years: some }) => some.length));
  const share = formats.decimals(factor);
  const isYearly = yearly !== '0.00';
  const isSample = similarCases > 1;
  const parts =
    language === 'nl'
      ? [
          `eenmalig ${formats.cents(oneOff)}`,
          isYearly && `jaarlijks ${formats.cents(yearly)} (${years} jaar samen)`,
          `bruto ${formats.cents(gross)}`,
          `correctiefactor ${share}`,
          isSample && `× ${formats.count(similarCases)} soortgelijke casussen`,
        ]
      : [
          `once ${formats.cents(oneOff)}`,
          isYearly && `yearly ${formats.cents(yearly)} (${years} years together)`,
          `gross ${formats.cents(gross)}`,
          `correction factor ${share}`,
          isSample && `× ${formats.count(similarCases)} similar cases`,
        ];
  return html`<p class="basis">${parts.filter((part) => part !== false).join(' · ')}</p>`;
}

function sum(
  { places }: SavingParts,
  preview: AssessmentPreview,
  line: LineState,
  place: number,
  language: BoardContext['language'],
): Html {
  const valued = preview.lines[places.indexOf(place)];
  const name = line.service === '' ? line.amount : line.service;
  if (valued === undefined) return html`<li>${name} (${say('notComplete', language)})</li>`;
  return html`<li>${name}: ${valued.formula}</li>`;
}
