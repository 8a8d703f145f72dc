import { appIdentity } from '../azure/credential.ts';
import { recordExchange } from '../azure/exchange.ts';
import { readTenant } from '../azure/read-tenant.ts';
import { registrySession } from '../azure/registry-session.ts';
import { partsOfId } from '../deployment/existing-resources.ts';
import { generatesSshKey, imageStepName } from '../deployment/planned-steps.ts';
import { isHardened } from '../deployment/profile-differences.ts';
import type { Deployment } from '../deployment/resolve-deployment.ts';
import { resourceId } from '../deployment/resource-ids.ts';
import {
  clusterInput,
  FEDERATED_CREDENTIAL_NAME,
  groupOf,
  hardenedOf,
  imageInputs,
  keyVaultInput,
  lockInput,
  placeOf,
  registryGroupOf,
  registryInput,
  serviceAccountSubject,
  storageAccountId,
  storageInput,
  vaultElsewhere,
  vaultGroupOf,
  vaultHardenedOf,
} from '../deployment/step-inputs.ts';
import type { StepLook } from '../deployment/step-look.ts';
import { lookAtAcrPull } from '../resources/acr-pull.ts';
import { clusterResource } from '../resources/cluster.ts';
import { lookAtConnection } from '../resources/connect.ts';
import { lookAtContainer } from '../resources/container.ts';
import { lookAtFederatedCredential } from '../resources/federated-credential.ts';
import { identityResource } from '../resources/identity.ts';
import { lookAtImage, lookAtPinnedImage } from '../resources/image.ts';
import { keyVaultResource } from '../resources/key-vault.ts';
import { lookAtLock } from '../resources/lock.ts';
import { lookAtLogsAccess } from '../resources/logs-access.ts';
import { lookAtResource } from '../resources/look-at-resource.ts';
import { lookAtNetworkAccess } from '../resources/network-access.ts';
import { registryResource } from '../resources/registry.ts';
import { resourceGroupResource } from '../resources/resource-group.ts';
import { lookAtSecrets } from '../resources/secrets.ts';
import { lookAtSshKey } from '../resources/ssh-key.ts';
import { storageResource } from '../resources/storage.ts';
import { lookAtVaultAccess } from '../resources/vault-access.ts';

/** What takes the place of a value that no look can know. */
const knownAfter = (step: string): string => `known after the step ${step}`;

/** A look of its own for what is found in the answers to its requests. */
const look = <T>(action: () => Promise<T>): Promise<T> => recordExchange({}, action);

/** What a run would do for every step: the looks of its activities, all at once, without their moves. */
export const lookAtSteps = async (deployment: Deployment): Promise<ReadonlyMap<string, StepLook>> => {
  const { subscriptionId, keyVaultName, registryName, storageAccountName, clusterName, identityName } = deployment;
  const group = groupOf(deployment);
  const place = placeOf(deployment);
  const [tenantId, { objectId }] = await Promise.all([look(() => readTenant(subscriptionId)), appIdentity()]);

  const identity = look(() => lookAtResource(identityResource({ ...place, identityName })));
  const keyVault = look(() => lookAtResource(keyVaultResource(keyVaultInput(deployment, tenantId), objectId)));
  const registry = look(() => lookAtResource(registryResource(registryInput(deployment))));
  const storage = look(() => lookAtResource(storageResource(storageInput(deployment))));
  const sshKey = generatesSshKey(deployment)
    ? look(() => lookAtSshKey({ ...group, keyVaultName, clusterName, ...vaultElsewhere(deployment) }))
    : undefined;
  const cluster = look(async () => {
    // Without a key yet there is nothing to compare: a cluster that exists has given its own.
    const generated = sshKey && ((await sshKey).value?.publicKey ?? '');
    const sshPublicKey = deployment.cluster.sshPublicKey ?? generated;
    return lookAtResource(
      clusterResource({ ...clusterInput(deployment), ...(sshPublicKey !== undefined && { sshPublicKey }) }),
    );
  });
  const acrPull = look(async () => {
    const registryGroup = registryGroupOf(deployment);
    const registryId = resourceId(registryGroup, 'Microsoft.ContainerRegistry/registries', registryName);
    const principalId = (await cluster).value?.kubeletObjectId;
    if (principalId === undefined) return unknown(registryId, 'the kubelet identity', 'cluster');
    return lookAtAcrPull({ subscriptionId: registryGroup.subscriptionId, registryId, principalId });
  });
  const subnetId = deployment.existing?.subnetId;
  const networkAccess =
    subnetId === undefined
      ? undefined
      : look(async () => {
          const principalId = (await cluster).value?.controlPlaneObjectId;
          if (principalId === undefined) return unknown(subnetId, "the control plane's identity", 'cluster');
          return lookAtNetworkAccess({ subscriptionId: partsOfId(subnetId).subscriptionId, subnetId, principalId });
        });
  const vaultAccess = look(async () => {
    const principalId = (await identity).value?.principalId;
    const vault = await keyVault;
    if (principalId === undefined) return unknown(vault.resourceId, "the identity's principal id", 'identity');
    if (vault.action !== 'unchanged' && !vault.value) return unknown(vault.resourceId, 'who has access', 'key-vault');
    return lookAtVaultAccess({
      ...vaultGroupOf(deployment),
      keyVaultName,
      tenantId,
      principalId,
      ...vaultHardenedOf(deployment),
    });
  });
  const logsAccess = isHardened(deployment)
    ? look(async () => {
        const accountId = storageAccountId(deployment);
        const principalId = (await identity).value?.principalId;
        const { value } = await storage;
        if (principalId === undefined) return unknown(accountId, "the identity's principal id", 'identity');
        if (value === undefined) return unknown(accountId, 'who has access', 'storage');
        return lookAtLogsAccess({ subscriptionId, accountId, principalId });
      })
    : undefined;
  const federatedCredential = look(async () => {
    const issuer = (await cluster).value?.oidcIssuerUrl ?? knownAfter('cluster');
    const subject = serviceAccountSubject(deployment);
    const credentialName = FEDERATED_CREDENTIAL_NAME;
    return lookAtFederatedCredential({ ...group, identityName, credentialName, issuer, subject });
  });
  const images = look(async () => {
    const { value, resourceId: id } = await registry;
    const session = value && registrySession(value.loginServer);
    return Promise.all(
      imageInputs(deployment).map(async (image): Promise<StepLook> => {
        const pinned = isHardened(deployment);
        if (!session && !pinned) return { action: 'create', changes: [], resourceId: id };
        try {
          return await (pinned || !session ? lookAtPinnedImage(image, session) : lookAtImage(image, session));
        } catch (error) {
          const reason = error instanceof Error ? error.message : String(error);
          const note = `Whether the registry holds it${pinned ? ', and by which digest it is imported,' : ''} could not be seen: ${reason} If it does, it stays as it is.`;
          return { action: 'create', changes: [], resourceId: id, note };
        }
      }),
    );
  });

  const toLock = lockInput(deployment);
  const looks: Readonly<Record<string, Promise<StepLook>>> = {
    'resource-group': look(() => lookAtResource(resourceGroupResource(place))),
    identity,
    'key-vault': keyVault,
    ...(sshKey && { 'ssh-key': inRecovered(keyVault, sshKey) }),
    registry,
    storage,
    container: look(() =>
      lookAtContainer({ ...group, storageAccountName, storageContainerName: deployment.storageContainerName }),
    ),
    cluster,
    ...(logsAccess
      ? { 'logs-access': logsAccess }
      : {
          secrets: inRecovered(
            keyVault,
            look(() => lookAtSecrets({ ...group, keyVaultName, storageAccountName, ...vaultElsewhere(deployment) })),
          ),
        }),
    'acr-pull': acrPull,
    ...(networkAccess && { 'network-access': networkAccess }),
    'vault-access': vaultAccess,
    'federated-credential': federatedCredential,
    connect: Promise.resolve(lookAtConnection({ ...group, clusterName, ...hardenedOf(deployment) })),
    ...(toLock && { lock: look(() => lookAtLock(toLock)) }),
  };
  const entries = Object.entries(looks);
  const [found, imageLooks] = await Promise.all([Promise.all(entries.map(([, each]) => each)), images]);
  return new Map([
    ...entries.flatMap(([name], index) => {
      const each = found[index];
      return each ? [[name, each] as const] : [];
    }),
    ...deployment.images.flatMap(({ image }, index) => {
      const each = imageLooks[index];
      return each ? [[imageStepName(image), each] as const] : [];
    }),
  ]);
};

const unknown = (id: string, what: string, step: string): StepLook => ({
  action: 'create',
  changes: [],
  resourceId: id,
  note: `${what} is ${knownAfter(step)}.`,
});

/** A recovered vault brings its secrets back, which nobody can read before. */
const inRecovered = async (vault: Promise<StepLook>, secret: Promise<StepLook>): Promise<StepLook> => {
  const [{ action, value }, found] = await Promise.all([vault, secret]);
  if (action !== 'update' || value !== undefined || found.action !== 'create') return found;
  return { ...found, note: `What the vault holds is ${knownAfter('key-vault')}: it may be there already.` };
};
