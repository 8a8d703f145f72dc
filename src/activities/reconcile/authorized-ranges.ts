import type { ManagedCluster } from '@azure/arm-containerservice';
import { ONLY_THE_CLUSTER } from '../../deployment/profile/hardening.ts';

/**
 * Who may reach the API server of a hardened cluster: those that the request names; else whoever an operator let in, unless that is everybody; else the
 * cluster alone.
 */
export const authorizedRanges = (
  existing: ManagedCluster | undefined,
  requested: readonly string[] | undefined,
): readonly string[] => {
  if (requested) return requested;
  const present = existing?.apiServerAccessProfile?.authorizedIPRanges ?? [];
  const isRestricted = present.length > 0 && !present.some((range) => range.endsWith('/0'));
  return isRestricted ? present : [ONLY_THE_CLUSTER];
};
