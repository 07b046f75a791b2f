/** The answer of `GET /v1/assessments/{organisation}/{caseId}`. Pure. */
import type {
  AssessedData,
  CaseForm,
  GivenAssessment,
  KeptReview,
  Named,
  PricedService,
  ShownReview,
} from '@effectstroom/contracts';
import { inForce } from '@effectstroom/valuation';
import type { CurrentCase } from './current-case.ts';
import type { SettingsInForce } from './settings-in-force.ts';

/** Everything that is needed to assess a case. `review` is of the assessment that counts. */
export function caseFormOf(
  { type, data, assessment, former, revision }: CurrentCase,
  { programme, priceList }: SettingsInForce,
  review: KeptReview | undefined,
): CaseForm {
  const { organisation, municipality, caseId, date, theme, goal = null, workType = null } = data;
  const { targetGroup = null, supportType = null, team = null, wellbeing = null } = data;
  const scale = inForce(programme.scale, date);
  const goals = programme.themes.flatMap((one) => one.goals);
  return {
    ...{ organisation, municipality, programme: data.programme, programmeName: programme.name },
    ...{ caseId, revision, type, date },
    ...{ theme, themeName: nameIn(programme.themes, theme) },
    ...{ goal, goalName: nameIn(goals, goal) },
    ...{ workType, workTypeName: nameIn(programme.workTypes, workType) },
    ...{ targetGroup, supportType, team, wellbeing },
    scale:
      scale === undefined
        ? null
        : { certain: scale.certain, probable: scale.probable, possible: scale.possible },
    followingYears: inForce(programme.followingYears, date)?.years ?? null,
    services: servicesOn(date, programme, priceList),
    costBearers: programme.costBearers.map(({ code, name, municipal }) => ({ code, name, municipal })),
    current: assessment === undefined ? null : givenBy(assessment),
    former: former === undefined ? null : givenBy(former),
    review: review === undefined ? null : shown(review),
  };
}

/** The services of the edition in force on a day, whose cost bearer the programme has. */
function servicesOn(
  date: string,
  { costBearers }: SettingsInForce['programme'],
  priceList: SettingsInForce['priceList'],
): PricedService[] {
  const names = new Map(costBearers.map(({ code, name }) => [code, name]));
  const items = priceList === undefined ? [] : (inForce(priceList.editions, date)?.items ?? []);
  return items.flatMap(({ service, name, unit, price, costBearer }) => {
    const costBearerName = names.get(costBearer);
    return costBearerName === undefined ? [] : { service, name, unit, price, costBearer, costBearerName };
  });
}

function givenBy(data: AssessedData): GivenAssessment {
  const { revision, avoided, similarCases, cost, wellbeing = null } = data;
  return { revision, avoided, similarCases, cost, wellbeing };
}

/** A review as answers show it. */
export function shown({ revision, decision, remarks, reviewedAt }: KeptReview): ShownReview {
  return { revision, decision, remarks, reviewedAt };
}

/** The name of a code; null where there is none. */
export function nameIn(named: readonly Named[], code: string | null): string | null {
  return named.find((one) => one.code === code)?.name ?? null;
}
