import { z } from 'zod';
import { askResourceManager } from '../resource-manager-request.ts';

/** Source: https://learn.microsoft.com/rest/api/compute/resource-skus/list */
const skuSchema = z.object({
  resourceType: z.string().nullish(),
  name: z.string().nullish(),
  family: z.string().nullish(),
  capabilities: z.array(z.object({ name: z.string().nullish(), value: z.string().nullish() })).nullish(),
  locationInfo: z.array(z.object({ location: z.string().nullish(), zones: z.array(z.string()).nullish() })).nullish(),
  restrictions: z
    .array(
      z.object({
        type: z.string().nullish(),
        reasonCode: z.string().nullish(),
        restrictionInfo: z.object({ zones: z.array(z.string()).nullish() }).nullish(),
      }),
    )
    .nullish(),
});

const pageSchema = z.object({ value: z.array(z.unknown()) });

/** A VM size as a subscription may use it in a location. */
export interface VmSize {
  readonly name: string;
  /** The quota that its vCPUs count under. */
  readonly family: string;
  readonly vcpus: number;
  /** The zones where the subscription may use it. */
  readonly zones: readonly string[];
  /** Azure's reason why the subscription may not use it at all; undefined when it may. */
  readonly refusedBecause: string | undefined;
}

/** Reads one VM size out of the list of a location; undefined when the location does not offer it. Azure filters by location only. */
export const findVmSize = async (
  subscriptionId: string,
  location: string,
  name: string,
): Promise<VmSize | undefined> => {
  const filter = encodeURIComponent(`location eq '${location}'`);
  const path = `/subscriptions/${subscriptionId}/providers/Microsoft.Compute/skus?api-version=2021-07-01&$filter=${filter}`;
  const { value } = await askResourceManager('GET', path, pageSchema);
  for (const entry of value) {
    const { data } = skuSchema.safeParse(entry);
    if (data?.resourceType !== 'virtualMachines' || data.name?.toLowerCase() !== name.toLowerCase()) continue;
    const restrictions = data.restrictions ?? [];
    const published = data.locationInfo?.flatMap(({ zones }) => zones ?? []) ?? [];
    // What is published beside a restriction may still name the zones that it takes away.
    const withheld = restrictions.flatMap(({ type, restrictionInfo }) =>
      type === 'Zone' ? (restrictionInfo?.zones ?? []) : [],
    );
    const vcpus = Number(data.capabilities?.find((capability) => capability.name === 'vCPUs')?.value ?? Number.NaN);
    return {
      name: data.name ?? name,
      family: data.family ?? '',
      vcpus: Number.isFinite(vcpus) ? vcpus : 0,
      zones: published.filter((zone) => !withheld.includes(zone)).toSorted(),
      refusedBecause: restrictions.find(({ type }) => type === 'Location')?.reasonCode ?? undefined,
    };
  }
  return undefined;
};
