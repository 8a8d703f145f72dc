import { z } from 'zod';
import { type Answer, empty, json } from '../../arm/answer.ts';
import { ArmError } from '../../arm/arm-error.ts';
import type { ArmRequest } from '../../arm/arm-request.ts';
import { hasSucceeded, operationOf } from '../../arm/operation-result.ts';
import type { Route } from '../../arm/route.ts';
import { DURATIONS } from '../../durations.ts';
import { jsonObject, merged, toObject } from '../../json.ts';
import { type Resource, tagsSchema } from '../../state/resource.ts';
import { existing, GROUP, listRoutes, SUBSCRIPTION, sameLocation } from '../common.ts';
import { ACCOUNT_TYPE, accountId } from './account-id.ts';
import { ACCOUNT_KEY_ROUTES } from './account-keys.ts';
import { accountProperties, withoutReadOnly } from './account-properties.ts';
import { accountNameAvailability, checkAccountName } from './storage-names.ts';

export const ACCOUNT_PATH = `${GROUP}/providers/${ACCOUNT_TYPE}/{account}`;

const SKUS = [
  'Standard_LRS',
  'Standard_GRS',
  'Standard_RAGRS',
  'Standard_ZRS',
  'Standard_GZRS',
  'Standard_RAGZRS',
  'Premium_LRS',
  'Premium_ZRS',
] as const;
const flag = z.boolean().nullish();

/** What is typed here is checked; the provider knows more properties. */
const properties = z.looseObject({
  accessTier: z.enum(['Hot', 'Cool', 'Cold', 'Premium']).nullish(),
  allowBlobPublicAccess: flag,
  allowCrossTenantReplication: flag,
  allowSharedKeyAccess: flag,
  isHnsEnabled: flag,
  supportsHttpsTrafficOnly: flag,
  // TLS1_3 stands in the SDK but is not offered.
  minimumTlsVersion: z.enum(['TLS1_0', 'TLS1_1', 'TLS1_2']).nullish(),
  publicNetworkAccess: z.enum(['Enabled', 'Disabled', 'SecuredByPerimeter']).nullish(),
  networkAcls: z.looseObject({ bypass: z.string().nullish(), defaultAction: z.enum(['Allow', 'Deny']) }).nullish(),
  encryption: z.looseObject({ keySource: z.enum(['Microsoft.Storage', 'Microsoft.Keyvault']).nullish() }).nullish(),
});

const schema = z.looseObject({
  location: z.string(),
  sku: z.looseObject({ name: z.enum(SKUS) }),
  kind: z.enum(['Storage', 'StorageV2', 'BlobStorage', 'FileStorage', 'BlockBlobStorage']),
  tags: tagsSchema.nullish(),
  identity: jsonObject.nullish(),
  properties: properties.nullish(),
});
const patchSchema = schema.partial();

/** How the provider refuses a value. Code and text: from memory, unverified. */
const refuseIssue = ({ path, message }: z.core.$ZodIssue): ArmError =>
  new ArmError(
    400,
    'InvalidRequestPropertyValue',
    `The value is not allowed for property ${path.join('.')}: ${message}. For more information, see - https://aka.ms/storageaccountupdate`,
  );

const put = (request: ArmRequest): Answer => {
  const { world } = request;
  const body = request.content(schema, refuseIssue);
  const id = accountId(request);
  const name = request.parameter('account');
  checkAccountName(request);
  const location = request.location(body.location, ACCOUNT_TYPE);
  const before = world.resources.get(id);
  sameLocation(request, before, location);
  // A PUT replaces the tags; leaving them out clears them.
  if (before) return update(request, before, { ...body, tags: body.tags ?? {} });
  if (body.sku.name.endsWith('ZRS') && request.cloud.regions[location]?.length === 0) {
    // Code: from memory, unverified.
    throw new ArmError(
      400,
      'SkuNotAvailable',
      `The requested sku '${body.sku.name}' is not available in location '${location}'.`,
    );
  }
  // Code: from memory, unverified.
  if (world.operations.underWay(id, request.now)) {
    throw new ArmError(
      409,
      'StorageAccountOperationInProgress',
      'An operation is currently performing on this storage account that requires exclusive access.',
    );
  }
  const account: Resource = {
    id,
    name,
    type: ACCOUNT_TYPE,
    location,
    kind: body.kind,
    sku: { name: body.sku.name, tier: body.sku.name.split('_')[0] },
    tags: body.tags ?? {},
    ...(body.identity && { identity: body.identity }),
    properties: accountProperties(request, name, location, body.sku.name, toObject(body.properties)),
  };
  const operation = request.start({
    resourceId: id,
    operation: 'create',
    durationMs: world.durationMs(DURATIONS.storageAccount, id, 'create'),
    success: [{ do: 'put', resource: account }],
  });
  return accepted(request, location, operation.id);
};

/** The old model: 202 with an empty text, and the account does not exist until it is done. */
const accepted = (request: ArmRequest, location: string, id: string): Answer => ({
  status: 202,
  text: '',
  headers: {
    location: request.operationUrl(
      `${request.subscriptionPath}/providers/Microsoft.Storage/locations/${location}/asyncoperations/${id}`,
      { monitor: 'true' },
    ),
    'retry-after': '17',
  },
});

const update = (request: ArmRequest, before: Resource, body: z.infer<typeof patchSchema>): Answer => {
  if (body.kind && body.kind !== before.kind) {
    throw new ArmError(
      409,
      'StorageAccountAlreadyExists',
      `The storage account named ${before.name} already exists with another kind.`,
    );
  }
  const zonal = (sku: unknown): boolean => String(sku).endsWith('ZRS');
  if (body.sku && zonal(body.sku.name) !== zonal(before.sku?.name)) {
    // Code: from memory, unverified.
    throw new ArmError(
      409,
      'CannotChangeSkuName',
      `The sku of the account cannot be changed from ${before.sku?.name} to ${body.sku.name}.`,
    );
  }
  const account = request.world.resources.put({
    ...before,
    ...(body.tags && { tags: body.tags }),
    ...(body.sku && { sku: { name: body.sku.name, tier: body.sku.name.split('_')[0] } }),
    ...(body.identity && { identity: body.identity }),
    properties: merged(before.properties, withoutReadOnly(toObject(body.properties))),
  });
  return json(200, account);
};

/** 202 until the account is there, then the account. */
const createResult = (request: ArmRequest): Answer => {
  const operation = operationOf(request, 'Microsoft.Storage');
  return hasSucceeded(request, operation)
    ? json(200, existing(request, operation.resourceId, ACCOUNT_TYPE))
    : accepted(request, request.parameter('location'), operation.id);
};

const patch = (request: ArmRequest): Answer => {
  const body = request.content(patchSchema, refuseIssue);
  return update(request, existing(request, accountId(request), ACCOUNT_TYPE), body);
};

const remove = (request: ArmRequest): Answer => {
  const account = request.world.resources.get(accountId(request));
  if (!account) return empty(204);
  request.world.removeResource(account.id, request.now);
  return empty(200);
};

/** Storage accounts. */
export const STORAGE_ACCOUNT_ROUTES: Route[] = [
  {
    method: 'PUT',
    path: ACCOUNT_PATH,
    type: ACCOUNT_TYPE,
    action: `${ACCOUNT_TYPE}/write`,
    seconds: DURATIONS.accepted,
    handle: put,
  },
  {
    method: 'PATCH',
    path: ACCOUNT_PATH,
    type: ACCOUNT_TYPE,
    action: `${ACCOUNT_TYPE}/write`,
    seconds: DURATIONS.storageUpdate,
    handle: patch,
  },
  {
    method: 'DELETE',
    path: ACCOUNT_PATH,
    type: ACCOUNT_TYPE,
    action: `${ACCOUNT_TYPE}/delete`,
    seconds: DURATIONS.storageUpdate,
    handle: remove,
  },
  {
    method: 'GET',
    path: ACCOUNT_PATH,
    type: ACCOUNT_TYPE,
    action: `${ACCOUNT_TYPE}/read`,
    handle: (request) => json(200, existing(request, accountId(request), ACCOUNT_TYPE)),
  },
  {
    method: 'GET',
    path: `${SUBSCRIPTION}/providers/Microsoft.Storage/locations/{location}/asyncoperations/{operation}`,
    type: ACCOUNT_TYPE,
    action: 'Microsoft.Storage/locations/asyncoperations/read',
    handle: createResult,
  },
  {
    method: 'POST',
    path: `${SUBSCRIPTION}/providers/Microsoft.Storage/checkNameAvailability`,
    type: ACCOUNT_TYPE,
    action: 'Microsoft.Storage/checknameavailability/read',
    handle: (request) => json(200, accountNameAvailability(request)),
  },
  ...ACCOUNT_KEY_ROUTES,
  ...listRoutes(ACCOUNT_TYPE),
];
