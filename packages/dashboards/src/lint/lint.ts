/** What no schema tells: rules for dashboards that Grafana shows as they are meant. Pure. */
import type { Dashboard } from '@grafana/grafana-foundation-sdk/dashboard';
import { dashboardFaults, folderFaults } from './dashboard-rules.ts';
import { layoutFaults } from './layout-rules.ts';
import { linkFaults } from './link-rules.ts';
import { panelFaults } from './panel-rules.ts';
import { promqlFaults } from './promql-rules.ts';
import { sqlFaults } from './sql-rules.ts';
import { variableFaults } from './variable-rules.ts';

/** Every fault of finished dashboards that stand in one folder, each with its dashboard; empty is right. */
export function findFaults(dashboards: readonly Dashboard[]): string[] {
  const ofEach = dashboards.flatMap((dashboard) =>
    [
      ...dashboardFaults(dashboard),
      ...layoutFaults(dashboard),
      ...panelFaults(dashboard),
      ...variableFaults(dashboard),
      ...sqlFaults(dashboard),
      ...promqlFaults(dashboard),
      ...linkFaults(dashboard, dashboards),
    ].map((fault) => `${dashboard.uid}: ${fault}`),
  );
  return [...folderFaults(dashboards), ...ofEach];
}
