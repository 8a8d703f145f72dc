import { RoleWorld } from './role-world.ts';
import { ROLE_SCENARIOS } from './scenarios.ts';

/** Where an action was asked for: on the subscription itself at least once, or within resource groups only. */
export type AskedOn = 'subscription' | 'resource group';

/** Lets the service, as owner of the subscription, do all that it does. @returns each action that this took. */
export const recordActions = async (): Promise<ReadonlyMap<string, AskedOn>> => {
  const world = await RoleWorld.open();
  try {
    for (const { name, prepare, run } of ROLE_SCENARIOS) {
      world.simulator.reset({ jitter: 0 });
      await prepare?.(world);
      await run(world).catch((cause: unknown) => {
        throw new Error(`${name}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
      });
    }
    return askedOn(world);
  } finally {
    await world.close();
  }
};

export const askedOn = ({ asked }: Pick<RoleWorld, 'asked'>): ReadonlyMap<string, AskedOn> => {
  const found = new Map<string, AskedOn>();
  for (const { action, scope } of asked) {
    const within = /^\/subscriptions\/[^/]+\/resourceGroups\//i.test(scope);
    if (!within) found.set(action, 'subscription');
    else if (!found.has(action)) found.set(action, 'resource group');
  }
  return found;
};
