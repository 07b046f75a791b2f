/** The remarks of a team leader in English; the Dutch ones are those of the contract. */
import type { ReviewRemark } from '@effectstroom/contracts';

export const REMARK_WORDS: Readonly<Record<ReviewRemark, string>> = {
  'likelihood-too-high': 'The likelihood seems too high',
  'likelihood-too-low': 'The likelihood seems too low',
  'contribution-too-high': 'The contribution seems too high',
  'contribution-too-low': 'The contribution seems too low',
  'service-does-not-fit': 'The service does not fit the question',
  'quantity-too-high': 'The quantity seems too high',
  'one-off-or-yearly': 'Once or every year is not right',
  'service-missing': 'A service is missing',
  'counted-elsewhere': 'This saving is counted at another case already',
  'similar-cases': 'The number of similar cases is not right',
  wellbeing: 'Positive health is missing or does not fit',
  'talk-together': 'Let us talk about this assessment',
};
