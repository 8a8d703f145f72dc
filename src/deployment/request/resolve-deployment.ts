import { createHash } from 'node:crypto';
import { z } from 'zod';
import { NODE_RESOURCE_GROUP_MAX_LENGTH, nodeResourceGroupName } from '../names/azure-names.ts';
import { canonicalJson } from '../names/canonical-json.ts';
import { type CloudRules, tutorialCloud } from '../names/cloud-rules.ts';
import { partsOfId } from '../names/existing-resources.ts';
import { credentialsFor, type RegistryCredentials } from '../names/registry-credentials.ts';
import { uniqueSuffix } from '../names/unique-suffix.ts';
import { type DeploymentRequest, deploymentIdPattern, deploymentRequestSchema } from './deployment-request.ts';
import type { FieldError } from './field-error.ts';
import { profileErrors } from './profile-errors.ts';

/**
 * A request with every name decided: what the orchestration gets, and what two requests are compared by. Tags are pairs: durable-functions
 * turns every property called `Timestamp` in an orchestration's input into a Date, and a tag may well be called that.
 */
export const deploymentSchema = deploymentRequestSchema.extend({
  id: z.string(),
  subscriptionId: z.string(),
  location: z.string(),
  keyVaultName: z.string(),
  registryName: z.string(),
  storageAccountName: z.string(),
  tags: z.array(z.tuple([z.string(), z.string()])),
  /** The object id of who asked, for a tag on what is created; no part of what two requests are compared by. */
  requestedBy: z.string().optional(),
});

export type Deployment = z.infer<typeof deploymentSchema>;

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
  const suffix = uniqueSuffix(subscriptionId, request.resourceGroupName);
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
      keyVaultName: existing.keyVaultName ?? request.keyVaultName ?? `airflow-vault-${suffix}-kv`,
      registryName: existing.registryName ?? request.registryName ?? `mydnsrandomname${suffix}`,
      storageAccountName: request.storageAccountName ?? `airflowsasa${suffix}`,
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
export const deploymentHash = ({ requestedBy: _, ...deployment }: Deployment): string =>
  createHash('sha256')
    .update(canonicalJson({ ...deployment, tags: Object.fromEntries(deployment.tags) }))
    .digest('hex')
    .slice(0, 32);
