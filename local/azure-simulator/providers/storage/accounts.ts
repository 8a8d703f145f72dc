import type { ArmRequest } from '../../arm/arm-request.ts';
import { hasSucceeded, operationOf } from '../../arm/operation-result.ts';
import { GROUP, type Route, SUBSCRIPTION } from '../../arm/route.ts';
import { routesOf } from '../../arm/routes-of.ts';
import { existing, listRoutes, sameLocation } from '../../arm/tracked-resources.ts';
import { DURATIONS } from '../../base/durations.ts';
import { merged, toObject } from '../../base/json.ts';
import { type Answer, empty, json } from '../../http/answer.ts';
import { HttpError } from '../../http/http-error.ts';
import type { Resource } from '../../state/resource.ts';
import { ACCOUNT_TYPE, accountId } from './account-id.ts';
import { ACCOUNT_KEY_ROUTES } from './account-keys.ts';
import { accountProperties, withoutReadOnly } from './account-properties.ts';
import {
  type AccountPatch,
  accountPatchSchema,
  accountSchema,
  checkKind,
  checkUpdate,
  refuseAccountIssue,
} from './account-schema.ts';
import { accountNameAvailability, checkAccountName } from './storage-names.ts';

export const ACCOUNT_PATH = `${GROUP}/providers/${ACCOUNT_TYPE}/{account}`;

const put = (request: ArmRequest): Answer => {
  const { world } = request;
  const body = request.content(accountSchema, refuseAccountIssue);
  const id = accountId(request);
  const name = request.parameter('account');
  checkAccountName(request);
  const location = request.location(body.location, ACCOUNT_TYPE);
  const before = world.resources.get(id);
  sameLocation(request, before, location);
  // A PUT replaces the tags; leaving them out clears them.
  if (before) return update(request, before, { ...body, tags: body.tags ?? {} });
  checkKind(body.kind, body.sku.name, toObject(body.properties));
  if (body.sku.name.endsWith('ZRS') && request.cloud.regions[location]?.length === 0) {
    // Code: from memory, unverified.
    throw new HttpError(
      400,
      'SkuNotAvailable',
      `The requested sku '${body.sku.name}' is not available in location '${location}'.`,
    );
  }
  // Code: from memory, unverified.
  if (world.operations.underWay(id, request.now)) {
    throw new HttpError(
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
    properties: accountProperties(
      request,
      name,
      location,
      { kind: body.kind, sku: body.sku.name },
      toObject(body.properties),
    ),
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

const update = (request: ArmRequest, before: Resource, body: AccountPatch): Answer => {
  checkUpdate(before, body);
  const account = request.world.resources.put({
    ...before,
    ...(body.tags && { tags: body.tags }),
    ...(body.kind && { kind: body.kind }),
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
  const body = request.content(accountPatchSchema, refuseAccountIssue);
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
  ...routesOf({ type: ACCOUNT_TYPE, path: ACCOUNT_PATH }, [
    { method: 'PUT', seconds: DURATIONS.accepted, handle: put },
    { method: 'PATCH', seconds: DURATIONS.storageUpdate, handle: patch },
    { method: 'DELETE', seconds: DURATIONS.storageUpdate, handle: remove },
    { method: 'GET', handle: (request) => json(200, existing(request, accountId(request), ACCOUNT_TYPE)) },
  ]),
  {
    method: 'GET',
    path: `${SUBSCRIPTION}/providers/Microsoft.Storage/locations/{location}/asyncoperations/{operation}`,
    type: ACCOUNT_TYPE,
    // The provider has no such action (azure-docs, role-based-access-control/permissions/storage.md), so that no role could name one;
    // accounts are created by roles without (crossplane-contrib/provider-upjet-azure issue 634).
    action: null,
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
