import { z } from 'zod';
import { code } from '../fields.ts';
import { LIMITS } from '../limits.ts';
import type { ProgrammeAddress } from '../settings-event.ts';

/** What an organisation says itself in its report, as it is published and kept: members in a fixed order. */
export interface ReportTexts extends ProgrammeAddress {
  /** Above the figures. Lines that are empty part paragraphs. */
  introduction?: string;
  /** One text a theme, in the order sent. */
  themes: { theme: string; text: string }[];
}

const TEXT_SAYS =
  `must be a text of 1 to ${LIMITS.reportTextLength} characters, without control characters other than ` +
  'line ends (\\n)';

/** A text of paragraphs: what Unicode allows in texts, and line ends. */
const text = z
  .string({ error: TEXT_SAYS })
  .regex(
    new RegExp(`^(?:[^\\p{Cc}\\p{Cs}\\p{Noncharacter_Code_Point}]|\\n){1,${LIMITS.reportTextLength}}$`, 'u'),
    { error: TEXT_SAYS },
  );

const THEMES_SAYS = `must be a list of 0 to ${LIMITS.themes} items`;

/** Body of `PUT /v1/report-texts/{municipality}/{organisation}/{programme}`. */
export const reportTextsSchema = z
  .strictObject(
    {
      introduction: text
        .meta({ description: 'Above the figures; an empty line starts a paragraph. No personal data' })
        .optional(),
      themes: z
        .array(z.strictObject({ theme: code, text }, { error: 'must be an object with theme and text' }), {
          error: THEMES_SAYS,
        })
        .max(LIMITS.themes, { error: THEMES_SAYS })
        .meta({ description: 'One text a theme; that of a theme which the programme has not is not shown' }),
    },
    { error: 'must be an object with introduction and themes' },
  )
  .meta({ id: 'ReportTexts' });

/** Checked texts as they are kept. */
export function normaliseReportTexts(
  { municipality, organisation, programme }: ProgrammeAddress,
  { introduction, themes }: z.infer<typeof reportTextsSchema>,
): ReportTexts {
  return {
    ...{ municipality, organisation, programme },
    ...(introduction === undefined ? {} : { introduction }),
    themes: themes.map(({ theme, text: said }) => ({ theme, text: said })),
  };
}
