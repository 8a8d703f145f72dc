import { z } from 'zod';
import { networkOf } from '../names/network-of.ts';

/** How many ranges AKS takes. Source: https://learn.microsoft.com/azure/aks/api-server-authorized-ip-ranges#limitations-and-considerations */
const MAX_RANGES = 200;

/** One address is a range of one, as AKS writes it (Azure/AKS issue 4085). */
const range = z
  .string()
  .transform((text) => (text.includes('/') ? text : `${text}/32`))
  .refine(
    (text) => networkOf(text) === text,
    'must be an IPv4 address or range such as 203.0.113.7 or 203.0.113.0/24, beginning with the first address of the range',
  )
  .refine((text) => !text.endsWith('/0'), 'must not let in every address');

/** Who may reach a cluster's API server; sorted, for the order says nothing. */
export const ipRangesSchema = z
  .array(range)
  .min(1, 'must name at least one range; leave it out to let in nobody but the cluster')
  .max(MAX_RANGES, `must name at most ${MAX_RANGES} ranges`)
  .refine((list) => new Set(list).size === list.length, 'must not name a range twice')
  // Azure/terraform-azurerm-aks issue 378.
  .refine((list) => list.length === 1 || !list.includes('0.0.0.0/32'), 'must not name 0.0.0.0/32 beside others')
  .transform((list) => list.toSorted());
