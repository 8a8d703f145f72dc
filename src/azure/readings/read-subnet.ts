import { z } from 'zod';
import { AzureOperationError } from '../failures/azure-failure.ts';
import { askResourceManager } from '../resource-manager-request.ts';

export interface Subnet {
  /** That of its network, which a cluster in it must be in too. */
  readonly location: string;
  /** Its ranges in CIDR notation. */
  readonly ranges: readonly string[];
}

const networkSchema = z.object({
  location: z.string(),
  properties: z.object({
    subnets: z
      .array(
        z.object({
          name: z.string(),
          properties: z.object({ addressPrefix: z.string().nullish(), addressPrefixes: z.array(z.string()).nullish() }),
        }),
      )
      .nullish(),
  }),
});

/**
 * Reads a subnet and the network that it belongs to; undefined when either does not exist.
 * Source: https://learn.microsoft.com/rest/api/virtualnetwork/virtual-networks/get
 */
export const readSubnet = async (subnetId: string): Promise<Subnet | undefined> => {
  const [networkId = '', subnetName = ''] = subnetId.split(/\/subnets\//i);
  try {
    const { location, properties } = await askResourceManager(
      'GET',
      `${networkId}?api-version=2024-05-01`,
      networkSchema,
    );
    const subnet = properties.subnets?.find(({ name }) => name.toLowerCase() === subnetName.toLowerCase());
    if (!subnet) return undefined;
    const { addressPrefix, addressPrefixes } = subnet.properties;
    return { location, ranges: addressPrefixes ?? (addressPrefix ? [addressPrefix] : []) };
  } catch (error) {
    if (error instanceof AzureOperationError && error.failure.status === 404) return undefined;
    throw error;
  }
};
