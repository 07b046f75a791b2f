import type { Dashboard } from '@grafana/grafana-foundation-sdk/dashboard';
import { comparison } from './boards/comparison.ts';
import { dataQuality } from './boards/data-quality.ts';
import { municipality } from './boards/municipality.ts';
import { overview } from './boards/overview.ts';
import { pipeline } from './boards/pipeline.ts';
import { themes } from './boards/themes.ts';
import { workTypes } from './boards/work-types.ts';

/** All dashboards as they are provisioned, from overview to detail; new objects each time. */
export function buildDashboards(): Dashboard[] {
  return [overview(), municipality(), themes(), comparison(), workTypes(), dataQuality(), pipeline()];
}
