import { RestError } from '@azure/core-rest-pipeline';
import { describe, expect, it } from 'vitest';
import { findOrUndefined } from '../../src/azure/find-or-undefined.ts';

describe('what may not be there', () => {
  it('is undefined when Azure answers 404, and an error otherwise', async () => {
    expect(await findOrUndefined(Promise.resolve(7))).toBe(7);
    expect(await findOrUndefined(Promise.reject(new RestError('x', { statusCode: 404 })))).toBeUndefined();
    const unregistered = new RestError('x', { statusCode: 409, code: 'MissingSubscriptionRegistration' });
    expect(await findOrUndefined(Promise.reject(unregistered))).toBeUndefined();
    const refused = new RestError('x', { statusCode: 403 });
    await expect(findOrUndefined(Promise.reject(refused))).rejects.toBe(refused);
    const other = Object.assign(new Error('x'), { statusCode: 404 });
    await expect(findOrUndefined(Promise.reject(other))).rejects.toBe(other);
  });
});
