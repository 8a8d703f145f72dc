import type { Deployment } from '../request/resolve-deployment.ts';
import { hardening, ONLY_THE_CLUSTER, type ProfileDifference } from './hardening.ts';

/** Whether a deployment is hardened; the tutorial is the default. One of a profile that only another release knows is, for that opens nothing. */
export const isHardened = ({ profile }: Pick<Deployment, 'profile'>): boolean =>
  profile !== undefined && profile !== 'tutorial';

/** What a hardened deployment makes otherwise than the tutorial, as far as it makes it: what others keep stays as it is. Undefined for the tutorial. */
export const profileDifferences = (deployment: Deployment): readonly ProfileDifference[] | undefined => {
  if (!isHardened(deployment)) return undefined;
  const { existing, images, cluster } = deployment;
  const left = new Set([
    ...(existing?.keyVaultId === undefined ? [] : ['key-vault']),
    ...(existing?.registryId === undefined ? [] : ['registry']),
    ...(images.length > 0 ? [] : ['images']),
  ]);
  return hardening
    .filter(({ step }) => !left.has(step))
    .map((difference) =>
      difference.property === 'apiServerAccessProfile.authorizedIPRanges'
        ? {
            ...difference,
            hardened: cluster.authorizedIpRanges?.join(', ') ?? `${ONLY_THE_CLUSTER}: the cluster alone`,
          }
        : difference,
    );
};
