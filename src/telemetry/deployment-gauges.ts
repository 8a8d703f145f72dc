import { metrics } from '@opentelemetry/api';
import { metricAttributes, metricNames, SCOPE } from './telemetry-names.ts';

/** What one count of the deployments found. */
export interface DeploymentCount {
  readonly byStatus: ReadonlyMap<string, number>;
  readonly stuck: number;
}

let untold: DeploymentCount | undefined;

/** Has a count reported at the next export. */
export const tellCount = (count: DeploymentCount): void => {
  untold = count;
};

/**
 * Makes the gauges. Each count is reported once: the timer that counts may run on another instance the next time, and a gauge that went on reporting an old count
 * beside the new one would be wrong.
 */
export const makeDeploymentGauges = (): void => {
  const meter = metrics.getMeter(SCOPE);
  const deployments = meter.createObservableGauge(metricNames.deployments, { description: 'Deployments by status' });
  const stuck = meter.createObservableGauge(metricNames.stuck, {
    description: 'Deployments that are under way and get no further',
  });
  meter.addBatchObservableCallback(
    (result) => {
      if (!untold) return;
      const { byStatus, stuck: count } = untold;
      untold = undefined;
      for (const [status, each] of byStatus) result.observe(deployments, each, { [metricAttributes.status]: status });
      result.observe(stuck, count);
    },
    [deployments, stuck],
  );
};
