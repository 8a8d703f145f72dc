import { inspectAcrPull } from '../activities/acr-pull.ts';
import { clusterResource } from '../activities/cluster.ts';
import { inspectConnection } from '../activities/connect.ts';
import { inspectContainer } from '../activities/container.ts';
import { inspectFederatedCredential } from '../activities/federated-credential.ts';
import { identityResource } from '../activities/identity.ts';
import { inspectImage, inspectPinnedImage } from '../activities/image.ts';
import { keyVaultResource } from '../activities/key-vault.ts';
import { inspectLock } from '../activities/lock.ts';
import { inspectLogsAccess } from '../activities/logs-access.ts';
import { inspectNetworkAccess } from '../activities/network-access.ts';
import { inspectResource } from '../activities/reconcile/inspect-resource.ts';
import { registryResource } from '../activities/registry.ts';
import { resourceGroupResource } from '../activities/resource-group.ts';
import { inspectSecrets } from '../activities/secrets.ts';
import { inspectSshKey } from '../activities/ssh-key.ts';
import { storageResource } from '../activities/storage.ts';
import { inspectVaultAccess } from '../activities/vault-access.ts';
import { appIdentity } from '../azure/credential.ts';
import { recordExchange } from '../azure/exchange.ts';
import { readTenant } from '../azure/read-tenant.ts';
import { registrySession } from '../azure/registry-session.ts';
import { generatesSshKey, imageStepName } from '../deployment/driver/planned-steps.ts';
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
} from '../deployment/driver/step-inputs.ts';
import { partsOfId } from '../deployment/names/existing-resources.ts';
import { resourceId } from '../deployment/names/resource-ids.ts';
import type { Inspection } from '../deployment/plan/inspection.ts';
import { isHardened } from '../deployment/profile/profile-differences.ts';
import type { Deployment } from '../deployment/request/resolve-deployment.ts';

/** What takes the place of a value that no look can know. */
const knownAfter = (step: string): string => `known after the step ${step}`;

/** A look of its own for what is found in the answers to its requests. */
const look = <T>(action: () => Promise<T>): Promise<T> => recordExchange({}, action);

/** What a run would do for every step: the looks of its activities, all at once, without their moves. */
export const inspectSteps = async (deployment: Deployment): Promise<ReadonlyMap<string, Inspection>> => {
  const { subscriptionId, keyVaultName, registryName, storageAccountName, clusterName, identityName } = deployment;
  const group = groupOf(deployment);
  const place = placeOf(deployment);
  const [tenantId, { objectId }] = await Promise.all([look(() => readTenant(subscriptionId)), appIdentity()]);

  const identity = look(() => inspectResource(identityResource({ ...place, identityName })));
  const keyVault = look(() => inspectResource(keyVaultResource(keyVaultInput(deployment, tenantId), objectId)));
  const registry = look(() => inspectResource(registryResource(registryInput(deployment))));
  const storage = look(() => inspectResource(storageResource(storageInput(deployment))));
  const sshKey = generatesSshKey(deployment)
    ? look(() => inspectSshKey({ ...group, keyVaultName, clusterName, ...vaultElsewhere(deployment) }))
    : undefined;
  const cluster = look(async () => {
    // Without a key yet there is nothing to compare: a cluster that exists has given its own.
    const generated = sshKey && ((await sshKey).value?.publicKey ?? '');
    const sshPublicKey = deployment.cluster.sshPublicKey ?? generated;
    return inspectResource(
      clusterResource({ ...clusterInput(deployment), ...(sshPublicKey !== undefined && { sshPublicKey }) }),
    );
  });
  const acrPull = look(async () => {
    const registryGroup = registryGroupOf(deployment);
    const registryId = resourceId(registryGroup, 'Microsoft.ContainerRegistry/registries', registryName);
    const principalId = (await cluster).value?.kubeletObjectId;
    if (principalId === undefined) return unknown(registryId, 'the kubelet identity', 'cluster');
    return inspectAcrPull({ subscriptionId: registryGroup.subscriptionId, registryId, principalId });
  });
  const subnetId = deployment.existing?.subnetId;
  const networkAccess =
    subnetId === undefined
      ? undefined
      : look(async () => {
          const principalId = (await cluster).value?.controlPlaneObjectId;
          if (principalId === undefined) return unknown(subnetId, "the control plane's identity", 'cluster');
          return inspectNetworkAccess({ subscriptionId: partsOfId(subnetId).subscriptionId, subnetId, principalId });
        });
  const vaultAccess = look(async () => {
    const principalId = (await identity).value?.principalId;
    const vault = await keyVault;
    if (principalId === undefined) return unknown(vault.resourceId, "the identity's principal id", 'identity');
    if (vault.action !== 'unchanged' && !vault.value) return unknown(vault.resourceId, 'who has access', 'key-vault');
    return inspectVaultAccess({
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
        return inspectLogsAccess({ subscriptionId, accountId, principalId });
      })
    : undefined;
  const federatedCredential = look(async () => {
    const issuer = (await cluster).value?.oidcIssuerUrl ?? knownAfter('cluster');
    const subject = serviceAccountSubject(deployment);
    const credentialName = FEDERATED_CREDENTIAL_NAME;
    return inspectFederatedCredential({ ...group, identityName, credentialName, issuer, subject });
  });
  const images = look(async () => {
    const { value, resourceId: id } = await registry;
    const session = value && registrySession(value.loginServer);
    return Promise.all(
      imageInputs(deployment).map(async (image): Promise<Inspection> => {
        const pinned = isHardened(deployment);
        if (!session && !pinned) return { action: 'create', changes: [], resourceId: id };
        try {
          return await (pinned || !session ? inspectPinnedImage(image, session) : inspectImage(image, session));
        } catch (error) {
          const reason = error instanceof Error ? error.message : String(error);
          const note = `Whether the registry holds it${pinned ? ', and by which digest it is imported,' : ''} could not be seen: ${reason} If it does, it stays as it is.`;
          return { action: 'create', changes: [], resourceId: id, note };
        }
      }),
    );
  });

  const toLock = lockInput(deployment);
  const looks: Readonly<Record<string, Promise<Inspection>>> = {
    'resource-group': look(() => inspectResource(resourceGroupResource(place))),
    identity,
    'key-vault': keyVault,
    ...(sshKey && { 'ssh-key': inRecovered(keyVault, sshKey) }),
    registry,
    storage,
    container: look(() =>
      inspectContainer({ ...group, storageAccountName, storageContainerName: deployment.storageContainerName }),
    ),
    cluster,
    ...(logsAccess
      ? { 'logs-access': logsAccess }
      : {
          secrets: inRecovered(
            keyVault,
            look(() => inspectSecrets({ ...group, keyVaultName, storageAccountName, ...vaultElsewhere(deployment) })),
          ),
        }),
    'acr-pull': acrPull,
    ...(networkAccess && { 'network-access': networkAccess }),
    'vault-access': vaultAccess,
    'federated-credential': federatedCredential,
    connect: Promise.resolve(inspectConnection({ ...group, clusterName, ...hardenedOf(deployment) })),
    ...(toLock && { lock: look(() => inspectLock(toLock)) }),
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

const unknown = (id: string, what: string, step: string): Inspection => ({
  action: 'create',
  changes: [],
  resourceId: id,
  note: `${what} is ${knownAfter(step)}.`,
});

/** A recovered vault brings its secrets back, which nobody can read before. */
const inRecovered = async (vault: Promise<Inspection>, secret: Promise<Inspection>): Promise<Inspection> => {
  const [{ action, value }, found] = await Promise.all([vault, secret]);
  if (action !== 'update' || value !== undefined || found.action !== 'create') return found;
  return { ...found, note: `What the vault holds is ${knownAfter('key-vault')}: it may be there already.` };
};
