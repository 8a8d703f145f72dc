import { expect, it } from 'vitest';
import { mayPass } from '../../../src/azure/failures/may-pass.ts';

it.each([
  [429, 'TooManyRequests', true],
  [429, 'WhatEver', true],
  [408, 'HttpStatus408', true],
  [409, 'ConflictError', true],
  [409, 'SomethingElse', false],
  [500, 'InternalServerError', true],
  [503, 'HttpStatus503', true],
  [501, 'NotImplemented', false],
  [undefined, 'ECONNRESET', true],
  [undefined, 'CredentialUnavailable', true],
  [403, 'AuthorizationFailed', false],
  // Whatever the code says, the status is final.
  [403, 'InternalServerError', false],
  [404, 'ResourceGroupNotFound', false],
  [400, 'InvalidSubscriptionId', false],
  [undefined, 'ImmutableDifference', false],
])('%s %s may pass: %s', (status, code, expected) => {
  expect(mayPass({ status, code, message: '' })).toBe(expected);
});
