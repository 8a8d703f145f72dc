import type { DeploymentDocument } from '../../local/world/deployment-document.ts';
import type { World } from '../../local/world/world.ts';

/** No deployment may take longer: modelled days, and real seconds for one that stands still. */
const MODELLED_DAYS = 8;
const DAY_MS = 86_400_000;
const REAL_SECONDS = 45;
const LOOK_EVERY_MS = 100;
/** Longer than anything that a scenario may leave on its way: an answer that the client no longer waits for. */
const DRAIN_MS = 600_000;

export interface BoundedRun {
  /** Absent when it did not end within the bounds. */
  readonly document: DeploymentDocument | undefined;
  readonly modelledSeconds: number;
  readonly why?: string;
}

/** Posts the tutorial's deployment and waits for its end, within bounds. */
export const runBounded = async (world: World): Promise<BoundedRun> => {
  const begunAt = world.clock.now();
  const bounds = watchBounds(world, begunAt);
  const outcome = await Promise.race([world.deploy({}), bounds.exceeded]).finally(bounds.stop);
  const modelledSeconds = (world.clock.now() - begunAt) / 1000;
  if (typeof outcome === 'string') return { document: undefined, modelledSeconds, why: outcome };
  return { document: outcome, modelledSeconds };
};

/** Lets arrive whatever is still on its way, so that it does not reach the next scenario. */
export const drain = (world: World): Promise<void> => world.clock.sleep(DRAIN_MS);

const watchBounds = (world: World, begunAt: number) => {
  const { promise, resolve } = Promise.withResolvers<string>();
  const realEnd = performance.now() + REAL_SECONDS * 1000;
  const timer = setInterval(() => {
    if (world.clock.now() - begunAt > MODELLED_DAYS * DAY_MS)
      resolve(`still running after ${MODELLED_DAYS} modelled days`);
    if (performance.now() > realEnd) resolve(`still running after ${REAL_SECONDS} real seconds`);
  }, LOOK_EVERY_MS);
  return { exceeded: promise, stop: () => clearInterval(timer) };
};
