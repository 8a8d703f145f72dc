import { z } from 'zod';
import { type Group, isSameGroup } from './same-group.ts';

// Names as Azure has them: none is `.` or `..`, which a URL would resolve, and none holds a slash, written or encoded.
// https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules
const GROUP = '/subscriptions/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/resourceGroups/[-\\w._()]{0,89}[-\\w_()]';
const NETWORK_NAME = '[a-z0-9](?:[-\\w.]{0,78}\\w)?';

const registryId = new RegExp(`^${GROUP}/providers/Microsoft\\.ContainerRegistry/registries/[a-z0-9]{5,50}$`, 'i');
const keyVaultId = new RegExp(
  `^${GROUP}/providers/Microsoft\\.KeyVault/vaults/[a-z](?!.*--)[a-z0-9-]{1,22}[a-z0-9]$`,
  'i',
);
const subnetId = new RegExp(
  `^${GROUP}/providers/Microsoft\\.Network/virtualNetworks/${NETWORK_NAME}/subnets/${NETWORK_NAME}$`,
  'i',
);

/** What somebody else keeps, in any resource group or subscription of the tenant: used as it is instead of one of the deployment's own. */
export const existingResourcesSchema = z.strictObject({
  registryId: z
    .string()
    .regex(
      registryId,
      'must be the id of a registry: /subscriptions/…/resourceGroups/…/providers/Microsoft.ContainerRegistry/registries/…',
    )
    .optional()
    .meta({ title: 'Registry', description: 'The resource id of a container registry that exists' }),
  keyVaultId: z
    .string()
    .regex(
      keyVaultId,
      'must be the id of a key vault: /subscriptions/…/resourceGroups/…/providers/Microsoft.KeyVault/vaults/…',
    )
    .optional()
    .meta({ title: 'Key vault', description: 'The resource id of a key vault that exists' }),
  subnetId: z
    .string()
    .regex(
      subnetId,
      'must be the id of a subnet: /subscriptions/…/resourceGroups/…/providers/Microsoft.Network/virtualNetworks/…/subnets/…',
    )
    .optional()
    .meta({ title: 'Subnet', description: 'The resource id of the subnet that the nodes are put into' }),
});

export type ExistingResources = z.infer<typeof existingResourcesSchema>;

/** The same as it is stored: read without the rules for what callers may send. */
export const storedExistingSchema: z.ZodType<ExistingResources> = z.looseObject({
  registryId: z.string().optional(),
  keyVaultId: z.string().optional(),
  subnetId: z.string().optional(),
});

/** Where a resource is and what it is called, read from its id. */
export const partsOfId = (
  id: string,
): { readonly subscriptionId: string; readonly resourceGroupName: string; readonly name: string } => {
  const [, , subscriptionId = '', , resourceGroupName = '', ...rest] = id.split('/');
  return { subscriptionId: subscriptionId.toLowerCase(), resourceGroupName, name: rest.at(-1) ?? '' };
};

/** The id of the network that a subnet is in. */
export const networkOfSubnet = (subnetId: string): string => subnetId.replace(/\/subnets\/[^/]*$/i, '');

/** The group of an existing resource, else that of the deployment. */
export const groupOfExisting = (id: string | undefined, { subscriptionId, resourceGroupName }: Group): Group => {
  if (id === undefined) return { subscriptionId, resourceGroupName };
  const parts = partsOfId(id);
  return { subscriptionId: parts.subscriptionId, resourceGroupName: parts.resourceGroupName };
};

/** Whether one of them is in the group: it must then outlive what is undone there. */
export const isExistingIn = (existing: ExistingResources | undefined, group: Group): boolean =>
  Object.values(existing ?? {}).some((id: unknown) => typeof id === 'string' && isSameGroup(partsOfId(id), group));
