import { RestError } from '@azure/core-rest-pipeline';
import { CredentialUnavailableError } from '@azure/identity';
import { describe, expect, it } from 'vitest';
import { toAzureFailure } from '../../../src/azure/failures/azure-failure.ts';
import { classifyFailure } from '../../../src/azure/failures/classify-failure.ts';

const classOf = (status: number | undefined, code: string, message = '') =>
  classifyFailure({ status, code, message }).class;

describe('a failure of Azure', () => {
  it.each([
    [429, 'SubscriptionRequestsThrottled', '', 'throttle'],
    [500, 'InternalServerError', '', 'transient'],
    [503, 'ServiceUnavailable', '', 'transient'],
    [undefined, 'ECONNRESET', 'socket hang up', 'transient'],
    [undefined, 'RequestTimeout', 'The operation was aborted.', 'transient'],
    [412, 'PreconditionFailed', '', 'transient'],
    [409, 'OperationNotAllowed', 'Another operation (nodepool1 - Updating) is in progress, please wait for it', 'busy'],
    [409, 'OperationNotAllowed', 'exceeding approved standardDSv2Family Cores quota', 'permanent'],
    [409, 'ConflictError', 'A vault with the same name already exists in deleted state.', 'permanent'],
    [409, 'ConflictError', 'A conflict occurred: concurrent operation on the same vault', 'busy'],
    [400, 'PrincipalNotFound', '', 'replication'],
    [400, 'ErrCode_InsufficientVCPUQuota', 'Insufficient vcpu quota requested 24, remaining 10', 'permanent'],
    [400, 'AvailabilityZoneNotSupported', '', 'permanent'],
    [403, 'AuthorizationFailed', '', 'permanent'],
    [403, 'RequestDisallowedByPolicy', '', 'permanent'],
    [409, 'VaultAlreadyExists', '', 'permanent'],
    [undefined, 'AllocationFailed', '', 'capacity'],
    [
      400,
      'InvalidParameters',
      'TOOMANYREQUESTS: You have reached your unauthenticated pull rate limit.',
      'external-limit',
    ],
    [400, 'InvalidParameters', 'manifest unknown', 'permanent'],
    [409, 'ConcurrentFederatedIdentityCredentialsWritesForSingleManagedIdentity', '', 'busy'],
    [409, 'MissingSubscriptionRegistration', '', 'busy'],
    [404, 'ResourceGroupNotFound', '', 'replication'],
    [409, 'Conflict', 'The resource is being changed by another operation.', 'busy'],
    [undefined, 'InternalServerError', '', 'transient'],
    [undefined, 'AKSOperationPreempted', '', 'transient'],
    [418, 'SomethingNew', '', 'permanent'],
  ])('%s %s "%s" is %s', (status, code, message, expected) => {
    expect(classOf(status, code, message)).toBe(expected);
  });

  it.each([
    'AuthorizationFailed',
    'VaultAlreadyExists',
    'ErrCode_InsufficientVCPUQuota',
    'AvailabilityZoneNotSupported',
    'SkuNotAvailable',
    'SubscriptionNotFound',
    'RequestDisallowedByPolicy',
  ])('%s comes with what to do', (code) => {
    expect(classifyFailure({ code, message: '' }).remedy).toMatch(/\w/);
  });
});

describe('what an SDK threw', () => {
  it("is read from Azure's body, nested or flat, with its details", () => {
    const nested = {
      error: {
        code: 'Outer',
        message: 'outer',
        details: [{ code: 'I', message: 'inner', target: 'Microsoft.Storage' }],
      },
    };
    expect(
      toAzureFailure(new RestError('x', { statusCode: 409 }), {
        errorBody: JSON.stringify(nested),
        correlationId: 'c',
      }),
    ).toMatchObject({
      code: 'Outer',
      message: 'outer inner',
      status: 409,
      correlationId: 'c',
      target: 'Microsoft.Storage',
    });
    const flat = { code: 'Flat', message: 'flat', details: null };
    expect(toAzureFailure(new RestError('x', { statusCode: 400 }), { errorBody: JSON.stringify(flat) })).toMatchObject({
      code: 'Flat',
    });
  });

  it('does not take the answer to an earlier request for its own', () => {
    const earlier = { status: 404, errorBody: '{"error":{"code":"ResourceNotFound","message":"gone"}}' };
    expect(toAzureFailure(new Error('no token'), earlier)).toMatchObject({ code: 'Unknown', message: 'no token' });
  });

  it('is transient when no token can be had: managed identity endpoints throttle too', () => {
    const failure = toAzureFailure(new CredentialUnavailableError('429'), {});
    expect(failure.code).toBe('CredentialUnavailable');
    expect(classifyFailure(failure)).toMatchObject({ class: 'transient', remedy: expect.stringContaining('identity') });
  });

  it('is a fault of ours when an answer is not understood', () => {
    const failure = toAzureFailure(new TypeError("Cannot read properties of undefined (reading 'sku')"), {});
    expect(classifyFailure(failure).class).toBe('crash');
  });

  it('keeps the code of a broken connection', () => {
    const error = Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' });
    expect(toAzureFailure(error, {})).toMatchObject({ code: 'ECONNRESET', status: undefined });
  });
});
