import type { Engine } from '../local/functions-host/functions-host.ts';
import { type ModelledSummary, summarize } from '../local/timing/modelled-summary.ts';
import { modelledTimes } from '../local/timing/modelled-times.ts';
import type { DeploymentDocument } from '../local/world/deployment-document.ts';
import { countByVerb, isResourceManagerRequest, type SimulatedRequest } from '../local/world/simulator-client.ts';
import type { World } from '../local/world/world.ts';

/** What one deployment of the tutorial's defaults took. */
export interface DeploymentMeasure extends ModelledSummary {
  readonly seed: number;
  readonly historyEvents: number;
  /** The largest custom status of any of its instances at any time, in characters. */
  readonly customStatusCharacters: number;
  /** Requests to Resource Manager by verb. */
  readonly requests: Readonly<Record<string, number>>;
  /** Requests per modelled minute while only the cluster was still being made. */
  readonly requestsPerMinuteOfCluster: number;
}

/** Carries out one deployment against a simulated Azure made anew from the seed. */
export const measureDeployment = async (world: World, seed: number): Promise<DeploymentMeasure> => {
  world.azure.reset(seed);
  const host = await world.startHost();
  let customStatusCharacters = 0;
  const sample = (): void => {
    customStatusCharacters = Math.max(customStatusCharacters, largestCustomStatus(host.hub));
  };
  const stopSampling = world.azure.onRequest(sample);
  try {
    const status = await world.deploy({});
    sample();
    if (status.status !== 'Succeeded') {
      throw new Error(`With seed ${seed} the deployment ended as ${status.status}: ${JSON.stringify(status.error)}`);
    }
    const times = modelledTimes(status.steps, world.azure.simulator.operations());
    if (times.unknown.length > 0) {
      throw new Error(
        `Operations that belong to no step: ${JSON.stringify(times.unknown.map(({ resourceId }) => resourceId))}`,
      );
    }
    const requests = world.azure.simulator.requests().filter(isResourceManagerRequest);
    return {
      seed,
      ...summarize(status, times),
      historyEvents: host.hub.statistics().historyEvents,
      customStatusCharacters,
      requests: countByVerb(requests),
      requestsPerMinuteOfCluster: perMinuteOfCluster(status, requests),
    };
  } finally {
    stopSampling();
    await host.close();
  }
};

const largestCustomStatus = (hub: Engine): number =>
  Math.max(0, ...hub.list({ top: 100 }).instances.map(({ customStatus }) => customStatus?.length ?? 0));

/** From the end of the last step that is not waiting for the cluster to the end of the cluster. */
const perMinuteOfCluster = ({ steps }: DeploymentDocument, requests: readonly SimulatedRequest[]): number => {
  const cluster = steps.find(({ name }) => name === 'cluster');
  const to = Date.parse(cluster?.endedAt ?? '');
  const before = steps.map(({ endedAt }) => Date.parse(endedAt ?? '')).filter((endedAt) => endedAt < to);
  const from = Math.max(...before, Date.parse(cluster?.startedAt ?? ''));
  const during = requests.filter(({ at }) => at >= from && at < to);
  return to > from ? (during.length / (to - from)) * 60_000 : 0;
};
