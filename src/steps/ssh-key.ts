import { z } from 'zod';
import { defineOptionalStep } from './define-step.ts';
import { groupFields, vaultGroupField } from './input-fields.ts';
import { generatesSshKey, groupOf, vaultElsewhere } from './input-parts.ts';
import { keyVault } from './key-vault.ts';

/** The name of the secret that holds the private half of the nodes' key. Secret names allow letters, digits and "-" only. */
export const sshSecretName = (clusterName: string): string =>
  `${clusterName.replaceAll(/[^A-Za-z0-9-]/g, '-')}-ssh-private-key`;

/** The nodes' SSH key, where the caller brings none. */
export const sshKey = defineOptionalStep({
  name: 'ssh-key',
  summary: "Makes the nodes' SSH key pair; its private half is stored in the vault only.",
  when: generatesSshKey,
  dependsOn: [keyVault],
  inside: { step: keyVault, noun: 'vault' },
  input: z.object({
    ...groupFields,
    keyVaultName: z.string(),
    clusterName: z.string(),
    vaultGroup: vaultGroupField,
  }),
  value: z.object({ publicKey: z.string() }),
  from: (deployment) => ({
    ...groupOf(deployment),
    keyVaultName: deployment.keyVaultName,
    clusterName: deployment.clusterName,
    ...vaultElsewhere(deployment),
  }),
  usualSeconds: { create: 3 },
  deadlineMinutes: 20,
  // What it takes on the vault stands at the step `secrets`, which every deployment with a key has too.
  actions: [],
  resourceId: (deployment) => `${keyVault.resourceId(deployment)}/secrets/${sshSecretName(deployment.clusterName)}`,
  actsOn: (deployment) => [keyVault.resourceId(deployment)],
  commandOrder: 3,
});
