import { createHash } from 'node:crypto';
import { NODE_RESOURCE_GROUP_MAX_LENGTH, nodeResourceGroupName } from '../names/azure-names.ts';
import { type CloudRules, tutorialCloud } from '../names/cloud-rules.ts';
import { type ExistingResources, partsOfId } from '../names/existing-resources.ts';
import { globalNames } from '../names/global-names.ts';
import type { Image } from '../names/image.ts';
import { credentialsFor, type RegistryCredentials } from '../names/registry-credentials.ts';
import { canonicalJson } from '../names/text/canonical-json.ts';
import { type DeploymentRequest, deploymentIdPattern } from './deployment-request.ts';
import type { FieldError } from './field-error.ts';
import { profileErrors } from './profile-errors.ts';

/** The settings of a deployment's cluster. */
export interface ClusterSettings {
  readonly tier: string;
  readonly nodeVmSize: string;
  readonly nodeCount: number;
  readonly zones: string[];
  readonly autoUpgradeChannel: string;
  readonly nodeOsUpgradeChannel: string;
  readonly kubernetesVersion?: string | undefined;
  readonly authorizedIpRanges?: string[] | undefined;
  readonly adminGroupObjectIds?: string[] | undefined;
  readonly sshPublicKey?: string | undefined;
}

/**
 * A request with every name decided: what the orchestration gets, and what two requests are compared by. Its types are plain, for one that another
 * release stored is read by no rule of today (run/stored-deployment.ts). Tags are pairs: durable-functions
 * turns every property called `Timestamp` in an orchestration's input into a Date, and a tag may well be called that.
 */
export interface Deployment {
  readonly id: string;
  readonly subscriptionId: string;
  /** `hardened`; absent for the tutorial. */
  readonly profile?: string | undefined;
  readonly location: string;
  readonly resourceGroupName: string;
  readonly identityName: string;
  readonly keyVaultName: string;
  readonly registryName: string;
  readonly storageAccountName: string;
  readonly storageContainerName: string;
  readonly storageSecretName: string;
  readonly clusterName: string;
  readonly serviceAccountName: string;
  readonly serviceAccountNamespace: string;
  readonly airflowNamespace: string;
  readonly airflowClusterName: string;
  readonly cluster: ClusterSettings;
  readonly images: Image[];
  readonly registryCredentials?: RegistryCredentials[] | undefined;
  readonly existing?: ExistingResources | undefined;
  readonly lock?: string | undefined;
  readonly tags: [string, string][];
  readonly correlationId?: string | undefined;
  /** The object id of who asked, for a tag on what is created; no part of what two requests are compared by. */
  readonly requestedBy?: string | undefined;
  /**
   * Whether what others keep may be used with their consent only (names/consent.ts): decided by who asked, and no part of what two requests are compared by. Absent
   * where callers are not told apart, and for a caller who may use everything.
   */
  readonly needsConsent?: boolean | undefined;
}

export type Resolution =
  | { readonly ok: true; readonly deployment: Deployment }
  | { readonly ok: false; readonly errors: readonly FieldError[] };

/**
 * Decides what the request leaves open: the deployment's id (the resource group's name), the subscription (the service's own), the location (the
 * cloud's), and the three globally unique names (the tutorial's, with a suffix that is a pure function of subscription and resource group).
 */
export const resolveDeployment = (
  request: DeploymentRequest,
  defaultSubscriptionId: string | undefined,
  cloud: CloudRules = tutorialCloud,
): Resolution => {
  const errors: FieldError[] = [];
  const id = request.id ?? request.resourceGroupName.toLowerCase();
  if (!deploymentIdPattern.test(id)) {
    errors.push({
      field: 'id',
      message: `must be given: the resource group's name "${request.resourceGroupName}" is no id (1 to 64 lower-case letters, digits or "-")`,
    });
  }
  const subscriptionId = request.subscriptionId ?? defaultSubscriptionId;
  if (!subscriptionId) {
    errors.push({
      field: 'subscriptionId',
      message: 'must be given: the service has no AZURE_SUBSCRIPTION_ID setting to fall back on',
    });
  }
  const location = request.location ?? cloud.defaultLocation;
  const nodeGroup = nodeResourceGroupName(request.resourceGroupName, request.clusterName, location);
  if (nodeGroup.length > NODE_RESOURCE_GROUP_MAX_LENGTH) {
    errors.push({
      field: 'clusterName',
      message: `must be shorter: the nodes' resource group "${nodeGroup}" has ${nodeGroup.length} characters, at most ${NODE_RESOURCE_GROUP_MAX_LENGTH} are allowed (or shorten resourceGroupName)`,
    });
  }
  for (const [index, credentials] of (request.registryCredentials ?? []).entries()) {
    errors.push(...foreignVaults(`registryCredentials.${index}`, credentials, cloud));
    if (request.images.some(({ source }) => credentialsFor(source, [credentials]))) continue;
    errors.push({
      field: `registryCredentials.${index}.registry`,
      message: `must be the registry of an image: the source of none in images begins with ${credentials.registry}/`,
    });
  }
  errors.push(...profileErrors(request));
  const { registryId, keyVaultId } = request.existing ?? {};
  const existing = {
    registryName: registryId === undefined ? undefined : partsOfId(registryId).name,
    keyVaultName: keyVaultId === undefined ? undefined : partsOfId(keyVaultId).name,
  };
  for (const field of ['registryName', 'keyVaultName'] as const) {
    if (existing[field] === undefined || request[field] === undefined || existing[field] === request[field]) continue;
    errors.push({ field, message: `must be left out, or be ${existing[field]}: the request names one that exists` });
  }
  if (errors.length > 0 || !subscriptionId) return { ok: false, errors };
  const names = globalNames({
    subscriptionId,
    resourceGroupName: request.resourceGroupName,
    existing: request.existing,
  });
  // The tutorial is what a request without a profile asks for: both are the same request.
  const { profile, ...rest } = request;
  return {
    ok: true,
    deployment: {
      ...rest,
      ...(profile === 'hardened' && { profile }),
      tags: Object.entries(request.tags),
      id,
      subscriptionId,
      location,
      keyVaultName: existing.keyVaultName ?? request.keyVaultName ?? names.keyVaultName,
      registryName: existing.registryName ?? request.registryName ?? names.registryName,
      storageAccountName: request.storageAccountName ?? names.storageAccountName,
    },
  };
};

/** A token for one cloud's vaults is not for another's. */
const foreignVaults = (path: string, credentials: RegistryCredentials, { name, vaultSuffix }: CloudRules) =>
  (['usernameSecretId', 'passwordSecretId'] as const).flatMap((field): FieldError[] =>
    new URL(credentials[field]).hostname.endsWith(vaultSuffix)
      ? []
      : [
          {
            field: `${path}.${field}`,
            message: `must be in a vault of ${name}: https://<vault>${vaultSuffix}/secrets/…`,
          },
        ],
  );

/** A fingerprint of a resolved deployment that does not depend on the order of keys: equal means the same request. */
export const deploymentHash = ({ requestedBy: _, needsConsent: __, ...deployment }: Deployment): string =>
  createHash('sha256')
    .update(canonicalJson({ ...deployment, tags: Object.fromEntries(deployment.tags) }))
    .digest('hex')
    .slice(0, 32);
