import type { Provider } from '@azure/arm-resources';
import { armClients } from '../azure/arm-clients.ts';
import { allSteps } from '../steps/all-steps.ts';
import type { StepCore, StepResource } from '../steps/step.ts';

/** A resource provider that a deployment writes to, with the type and the first step that does. */
export interface WrittenProvider {
  readonly namespace: string;
  /** The resource's type within the provider, e.g. `vaults`. */
  readonly type: string;
  readonly step: string;
  readonly resource: StepResource;
}

/** A provider, and what Resource Manager knows of it. */
export type ResourceProvider = WrittenProvider & { readonly found: Provider };

/** The provider of a step's resource; undefined for Resource Manager's own, which every subscription has. */
export const providerOf = ({ name: step, resource }: StepCore): WrittenProvider | undefined => {
  const [namespace, type] = resource?.type.split('/') ?? [];
  if (!resource || namespace === undefined || type === undefined || namespace === 'Microsoft.Resources')
    return undefined;
  return { namespace, type, step, resource };
};

const providers = (): readonly WrittenProvider[] => {
  const all = allSteps.flatMap((step) => providerOf(step) ?? []);
  return all.filter(({ namespace }, index) => all.findIndex((other) => other.namespace === namespace) === index);
};

export const readResourceProviders = (subscriptionId: string): Promise<readonly ResourceProvider[]> => {
  const { resources } = armClients(subscriptionId);
  return Promise.all(
    providers().map(async (provider) => ({ ...provider, found: await resources.providers.get(provider.namespace) })),
  );
};

/** Whether the subscription is not registered for it. */
export const isUnregistered = ({ found: { registrationState } }: ResourceProvider): boolean =>
  registrationState === 'NotRegistered' || registrationState === 'Unregistered';
