import { z } from 'zod';
import { askResourceManager } from '../resource-manager-request.ts';

/** Source: https://learn.microsoft.com/rest/api/compute/usage/list */
const usagesSchema = z.object({
  value: z.array(
    z.object({
      currentValue: z.number(),
      limit: z.number(),
      name: z.object({ value: z.string(), localizedValue: z.string().nullish() }),
    }),
  ),
});

export interface VcpuUsage {
  /** A family such as `standardDSv2Family`, or `cores` for all of the region. */
  readonly quota: string;
  readonly displayName: string;
  readonly used: number;
  readonly limit: number;
}

/** What a subscription uses in a location, and how much it may. */
export const readVcpuUsages = async (subscriptionId: string, location: string): Promise<readonly VcpuUsage[]> => {
  const path = `/subscriptions/${subscriptionId}/providers/Microsoft.Compute/locations/${location}/usages?api-version=2024-07-01`;
  const { value } = await askResourceManager('GET', path, usagesSchema);
  return value.map(({ currentValue, limit, name }) => ({
    quota: name.value,
    displayName: name.localizedValue ?? name.value,
    used: currentValue,
    limit,
  }));
};
