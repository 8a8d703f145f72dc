import type { StepName } from '../steps/all-steps.ts';
import { acrPullImplementation } from './acr-pull.ts';
import { clusterImplementation } from './cluster.ts';
import { connectImplementation } from './connect.ts';
import { containerImplementation } from './container.ts';
import { federatedCredentialImplementation } from './federated-credential.ts';
import { identityImplementation } from './identity.ts';
import { imageImplementation } from './image.ts';
import type { Implementation } from './implement.ts';
import { keyVaultImplementation } from './key-vault.ts';
import { lockImplementation } from './lock.ts';
import { logsAccessImplementation } from './logs-access.ts';
import { networkAccessImplementation } from './network-access.ts';
import { registryImplementation } from './registry.ts';
import { resourceGroupImplementation } from './resource-group.ts';
import { secretsImplementation } from './secrets.ts';
import { sshKeyImplementation } from './ssh-key.ts';
import { storageImplementation } from './storage.ts';
import { vaultAccessImplementation } from './vault-access.ts';

/** What every step does in Azure; a step without an implementation does not compile. */
export const implementations: { readonly [N in StepName]: Implementation<N> } = {
  'resource-group': resourceGroupImplementation,
  identity: identityImplementation,
  'key-vault': keyVaultImplementation,
  'ssh-key': sshKeyImplementation,
  registry: registryImplementation,
  storage: storageImplementation,
  container: containerImplementation,
  cluster: clusterImplementation,
  image: imageImplementation,
  secrets: secretsImplementation,
  'logs-access': logsAccessImplementation,
  'acr-pull': acrPullImplementation,
  'network-access': networkAccessImplementation,
  'vault-access': vaultAccessImplementation,
  'federated-credential': federatedCredentialImplementation,
  connect: connectImplementation,
  lock: lockImplementation,
};
