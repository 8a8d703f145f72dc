import { appIdentity } from '../azure/credential.ts';
import * as steps from '../deployment/driver/step-contracts.ts';
import type { Activity } from '../task-hub/activity.ts';
import { ensureAcrPull } from './acr-pull.ts';
import { clusterResource } from './cluster.ts';
import { connectToCluster } from './connect.ts';
import { ensureContainer } from './container.ts';
import { ensureFederatedCredential } from './federated-credential.ts';
import { identityResource } from './identity.ts';
import { importImage } from './image.ts';
import { keyVaultResource } from './key-vault.ts';
import { ensureLock } from './lock.ts';
import { ensureLogsAccess } from './logs-access.ts';
import { ensureNetworkAccess } from './network-access.ts';
import { reconcileResource } from './reconcile/reconcile-resource.ts';
import { registryResource } from './registry.ts';
import { resourceGroupResource } from './resource-group.ts';
import { ensureSecrets } from './secrets.ts';
import { ensureSshKey } from './ssh-key.ts';
import { stepActivity } from './step-activity.ts';
import { storageResource } from './storage.ts';
import { ensureVaultAccess } from './vault-access.ts';

/** The activities of the steps, by their registered names. */
export const stepActivities: Readonly<Record<string, Activity>> = {
  [steps.resourceGroup.activity]: stepActivity(steps.resourceGroup, (input, checkpoint) =>
    reconcileResource(resourceGroupResource(input), checkpoint),
  ),
  [steps.identity.activity]: stepActivity(steps.identity, (input, checkpoint) =>
    reconcileResource(identityResource(input), checkpoint),
  ),
  [steps.keyVault.activity]: stepActivity(steps.keyVault, async (input, checkpoint) =>
    reconcileResource(keyVaultResource(input, (await appIdentity()).objectId), checkpoint),
  ),
  [steps.sshKey.activity]: stepActivity(steps.sshKey, ensureSshKey),
  [steps.registry.activity]: stepActivity(steps.registry, (input, checkpoint) =>
    reconcileResource(registryResource(input), checkpoint),
  ),
  [steps.storage.activity]: stepActivity(steps.storage, (input, checkpoint) =>
    reconcileResource(storageResource(input), checkpoint),
  ),
  [steps.container.activity]: stepActivity(steps.container, ensureContainer),
  [steps.secrets.activity]: stepActivity(steps.secrets, ensureSecrets),
  [steps.cluster.activity]: stepActivity(steps.cluster, (input, checkpoint) =>
    reconcileResource(clusterResource(input), checkpoint),
  ),
  [steps.acrPull.activity]: stepActivity(steps.acrPull, ensureAcrPull),
  [steps.networkAccess.activity]: stepActivity(steps.networkAccess, ensureNetworkAccess),
  [steps.image.activity]: stepActivity(steps.image, importImage),
  [steps.logsAccess.activity]: stepActivity(steps.logsAccess, ensureLogsAccess),
  [steps.vaultAccess.activity]: stepActivity(steps.vaultAccess, ensureVaultAccess),
  [steps.federatedCredential.activity]: stepActivity(steps.federatedCredential, ensureFederatedCredential),
  [steps.connect.activity]: stepActivity(steps.connect, connectToCluster),
  [steps.lock.activity]: stepActivity(steps.lock, ensureLock),
};
