import { type DeployerRole, LOCKING_ACTIONS } from './deployer-role.ts';
import { RoleWorld } from './role-world.ts';
import { ROLE_SCENARIOS, type RoleScenario } from './scenarios.ts';

/** Where an action was asked for: on the subscription itself at least once, or within resource groups only. */
export type AskedOn = 'subscription' | 'resource group';

/** Lets the service, as owner of the subscription, do all that it does. @returns each action that this took. */
export const recordActions = async (): Promise<ReadonlyMap<string, AskedOn>> => {
  const world = await RoleWorld.open();
  try {
    for (const scenario of ROLE_SCENARIOS) await runScenario(world, scenario);
    return askedOn(world);
  } finally {
    await world.close();
  }
};

/**
 * Carries out a scenario in an Azure made anew.
 *
 * @param role - what the service is instead of owner.
 * @throws Error when the service cannot do it.
 */
export const runScenario = async (
  world: RoleWorld,
  { name, assigns, locks, prepare, run }: RoleScenario,
  role?: DeployerRole,
): Promise<void> => {
  world.azure.reset();
  await prepare?.(world);
  if (role) await world.grant(locks ? { ...role, actions: [...role.actions, ...LOCKING_ACTIONS] } : role, assigns);
  await run(world).catch((cause: unknown) => {
    throw new Error(`${name}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  });
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
