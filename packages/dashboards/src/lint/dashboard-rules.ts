import type { Dashboard } from '@grafana/grafana-foundation-sdk/dashboard';
import { TAG } from '../board.ts';

const UID = /^effectstroom-[a-z-]{1,27}$/;
/** The schema of Grafana 12.3; with another one it would change the dashboard when it loads it. */
const SCHEMA_VERSION = 42;

/** Faults of dashboards together: what must be unique in a folder. */
export function folderFaults(dashboards: readonly Dashboard[]): string[] {
  return (['uid', 'title'] as const).flatMap((name) =>
    [...Map.groupBy(dashboards, (dashboard) => dashboard[name])]
      .filter(([, same]) => same.length > 1)
      .map(([value]) => `${same(name)} ${value} is there more than once`),
  );
}

function same(name: string): string {
  return `the ${name}`;
}

/** Faults of a dashboard as a whole. */
export function dashboardFaults(dashboard: Dashboard): string[] {
  const { uid = '', description = '', links = [], tags = [] } = dashboard;
  const toOthers = links.filter(
    ({ type, includeVars, keepTime }) => type === 'dashboards' && includeVars && !keepTime,
  );
  const rules: [isRight: boolean, fault: string][] = [
    [UID.test(uid), 'the uid must be effectstroom- and a name, at most 40 characters'],
    [description.length > 20, 'it has no description'],
    [dashboard.schemaVersion === SCHEMA_VERSION, `the schema version is not ${SCHEMA_VERSION}`],
    [dashboard.editable === false, 'it can be edited'],
    [dashboard.timezone === 'Europe/Amsterdam', 'the time zone is not Europe/Amsterdam'],
    [dashboard.weekStart === 'monday', 'the week does not start on Monday'],
    [tags.includes(TAG), `it has no tag ${TAG}`],
    [toOthers.length === 1 && toOthers[0]?.tags.includes(TAG) === true, 'it does not link to the others'],
    [!JSON.stringify(dashboard).includes('"inControlsMenu"'), 'a placement hides a link'],
    [dashboard.time?.to === 'now', 'it has no time'],
  ];
  return rules.filter(([isRight]) => !isRight).map(([, fault]) => fault);
}
