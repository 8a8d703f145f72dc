import { desiredDifferences } from '../../activities/reconcile/differences.ts';
import { finding } from '../../deployment/plan/finding.ts';
import { hardenedRegistry, hardenedVault } from '../../deployment/profile/hardening.ts';
import { isHardened } from '../../deployment/profile/profile-differences.ts';
import type { Rule } from './rule.ts';

/** What somebody else keeps is not changed, in the profile `hardened` neither: what it lacks is said. */
export const keptUnhardened: Rule = {
  question: 'the existing resources are as hardened as the deployment',
  async check({ deployment, vault, registry }) {
    const { existing } = deployment;
    if (!isHardened(deployment)) return [];
    const lacking = async (step: string, id: string | undefined, properties: () => Promise<object>, wanted: object) => {
      if (id === undefined) return [];
      const differences = desiredDifferences(await properties(), { ...wanted });
      if (differences.length === 0) return [];
      const list = differences.map(({ property, from, to }) => `${property} is ${from}, not ${to}`).join(', ');
      return [finding('existing-not-hardened', `${id} stays as it is: ${list}.`, step)];
    };
    // One that does not exist is another rule's finding.
    const findings = await Promise.all([
      lacking(
        'key-vault',
        existing?.keyVaultId,
        async () => (await vault())?.properties ?? hardenedVault,
        hardenedVault,
      ),
      lacking('registry', existing?.registryId, async () => (await registry()) ?? hardenedRegistry, hardenedRegistry),
    ]);
    return findings.flat();
  },
};
