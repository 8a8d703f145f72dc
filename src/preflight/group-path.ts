import { resourceGroupId } from '../deployment/names/resource-ids.ts';
import type { Surroundings } from './surroundings.ts';

/** The narrowest scope that exists: the resource group, or its subscription before. */
export const groupPath = async ({ input, group }: Surroundings): Promise<string> =>
  (await group())
    ? resourceGroupId(input.subscriptionId, input.resourceGroupName)
    : `/subscriptions/${input.subscriptionId}`;
