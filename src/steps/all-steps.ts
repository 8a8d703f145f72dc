import { acrPull } from './acr-pull.ts';
import { cluster } from './cluster.ts';
import { connect } from './connect.ts';
import { container } from './container.ts';
import { federatedCredential } from './federated-credential.ts';
import { identity } from './identity.ts';
import { image } from './image.ts';
import { keyVault } from './key-vault.ts';
import { lock } from './lock.ts';
import { logsAccess } from './logs-access.ts';
import { networkAccess } from './network-access.ts';
import { registry } from './registry.ts';
import { resourceGroup } from './resource-group.ts';
import { secrets } from './secrets.ts';
import { sshKey } from './ssh-key.ts';
import { storage } from './storage.ts';
import { vaultAccess } from './vault-access.ts';

/** Every step, in the order in which people are shown them; each after those that it needs. */
export const allSteps = [
  resourceGroup,
  identity,
  keyVault,
  sshKey,
  registry,
  storage,
  container,
  cluster,
  image,
  secrets,
  logsAccess,
  acrPull,
  networkAccess,
  vaultAccess,
  federatedCredential,
  connect,
  lock,
] as const;

export type StepName = (typeof allSteps)[number]['name'];
