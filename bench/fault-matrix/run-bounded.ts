import * as z from 'zod';
import type { Engine } from '../../local/functions-host/engine/engine.ts';
import type { FunctionsHost } from '../../local/functions-host/functions-host.ts';
import { fetchJson, postDeployment } from '../../local/world/deployment-client.ts';
import { deploymentStatusSchema } from '../../local/world/deployment-status.ts';
import type { MatrixWorld } from './matrix-world.ts';

const ENDED = ['Completed', 'Failed', 'Canceled', 'Terminated'] as const;

/** No deployment may take longer: modelled days, and real seconds for one that stands still. */
const MODELLED_DAYS = 8;
const DAY_MS = 86_400_000;
const REAL_SECONDS = 45;
const LOOK_EVERY_MS = 100;

const documentSchema = deploymentStatusSchema.extend({
  steps: z.array(deploymentStatusSchema.shape.steps.element.extend({ resourceId: z.string().optional() })),
});

/** The status document of a deployment. */
export type DeploymentDocument = z.output<typeof documentSchema>;

export interface BoundedRun {
  /** Absent when it did not end within the bounds. */
  readonly document: DeploymentDocument | undefined;
  readonly modelledSeconds: number;
  readonly why?: string;
}

/** Posts the tutorial's deployment and waits for its end, within bounds. */
export const runBounded = async (world: MatrixWorld, host: FunctionsHost<Engine>): Promise<BoundedRun> => {
  const begunAt = world.clock.now();
  const { id } = await postDeployment(host.url, {});
  const bounds = watchBounds(world, begunAt);
  const ended = host.hub.waitFor(`d:${id}`, ENDED).then(() => undefined);
  const why = await Promise.race([ended, bounds.exceeded]).finally(bounds.stop);
  const modelledSeconds = (world.clock.now() - begunAt) / 1000;
  if (why !== undefined) return { document: undefined, modelledSeconds, why };
  return { document: await fetchJson(`${host.url}/api/deployments/${id}`, documentSchema), modelledSeconds };
};

const watchBounds = (world: MatrixWorld, begunAt: number) => {
  const { promise, resolve } = Promise.withResolvers<string>();
  const realEnd = performance.now() + REAL_SECONDS * 1000;
  const timer = setInterval(() => {
    if (world.clock.now() - begunAt > MODELLED_DAYS * DAY_MS)
      resolve(`still running after ${MODELLED_DAYS} modelled days`);
    if (performance.now() > realEnd) resolve(`still running after ${REAL_SECONDS} real seconds`);
  }, LOOK_EVERY_MS);
  return { exceeded: promise, stop: () => clearInterval(timer) };
};
