/** One assessment as a team leader looks at it. */
import { REVIEW_REMARKS, type ReviewedAssessment, type ReviewRemark } from '@effectstroom/contracts';
import { type Html, html } from '../../board/html.ts';
import type { BoardContext } from '../../board/page.ts';
import { WELLBEING } from '../../board/wellbeing.ts';
import { lineText, type ToldLine } from './line-text.ts';
import { button, remarkList, remarkText } from './parts.ts';
import { listWord } from './worklist-words.ts';

const REMARKS = Object.keys(REVIEW_REMARKS) as ReviewRemark[];

/** The assessment with its sum, and the form to say something of it. */
export function reviewCard(one: ReviewedAssessment, context: BoardContext): Html {
  const { language, formats, filters } = context;
  const { caseId, date, theme, themeName, goal, goalName, team, similarCases, corrected, review, lines } =
    one;
  const goalText = (goal === null ? [theme, themeName] : [goal, goalName]).filter((text) => text !== null);
  const wellbeing = WELLBEING[one.wellbeing ?? '']?.[language] ?? listWord('noWellbeing', language);
  const facts = [formats.date(date), ...(team === null ? [] : [team]), wellbeing];
  const href = filters.href(`/casus/${one.organisation}/${encodeURIComponent(caseId)}`);
  return html`<div class="case-card">
    <h2>${goalText.join(' ')}</h2>
    <p class="help">${caseId} · ${facts.join(' · ')}</p>
    <ul>${lines.map((line) => html`<li>${lineText(told(line), context)}</li>`)}</ul>
    <p><strong>${formats.cents(corrected)}</strong> ${listWord('corrected', language)} ·
      ${formats.count(similarCases)} ${listWord('similar', language)} ·
      <a href="${href}">${listWord('showCase', language)}${about(caseId)}</a></p>
    ${review !== null && decided(review, context)}
    ${form(one, context)}
  </div>`;
}

type Line = ReviewedAssessment['lines'][number];

function told({ service, name, costBearer, costBearerName, ...line }: Line): ToldLine {
  return { ...line, service: name ?? service ?? '', costBearerName: costBearerName ?? costBearer ?? '' };
}

function decided(
  review: NonNullable<ReviewedAssessment['review']>,
  { language, formats }: BoardContext,
): Html {
  const isApproved = review.decision === 'approved';
  const word = listWord(isApproved ? 'approved' : 'sentBack', language);
  return html`<p><span class="tag ${isApproved && 'tag-good'}">${word}</span>
    ${formats.moment(review.reviewedAt)}</p>
    ${remarkList(review.remarks, language)}`;
}

/** Which case it is, for who hears a list of the same buttons. */
function about(caseId: string): Html {
  return html`<span class="visually-hidden"> ${caseId}</span>`;
}

type Reviewed = Pick<ReviewedAssessment, 'organisation' | 'caseId' | 'revision' | 'review'>;

function form(
  { organisation, caseId, revision, review }: Reviewed,
  { language, request }: BoardContext,
): Html {
  const sendBack = html`${listWord('sendBack', language)}${about(caseId)}`;
  const approve = html`${listWord('approve', language)}${about(caseId)}`;
  const name = 'oordeel';
  return html`<form method="post" action="${request.url}">
    <input type="hidden" name="organisatie" value="${organisation}">
    <input type="hidden" name="casus" value="${caseId}">
    <input type="hidden" name="revisie" value="${revision}">
    ${
      review?.decision !== 'approved' &&
      button({ text: approve, name, value: 'approved', kind: 'primary-action' })
    }
    <details>
      <summary>${sendBack}</summary>
      <fieldset class="remarks choice">
        <legend>${listWord('why', language)}</legend>
        ${REMARKS.map((remark) => remarkField(remark, language))}
      </fieldset>
      ${button({ text: sendBack, name, value: 'returned', kind: 'secondary-action' })}
    </details>
  </form>`;
}

function remarkField(remark: ReviewRemark, language: BoardContext['language']): Html {
  return html`<label><input type="checkbox" name="opmerking" value="${remark}">
    <span>${remarkText(remark, language)}</span></label>`;
}
