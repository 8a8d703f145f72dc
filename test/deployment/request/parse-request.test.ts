import { describe, expect, it } from 'vitest';
import { parseDeploymentRequest } from '../../../src/deployment/request/parse-request.ts';

const errorsOf = (body: unknown) => {
  const parsed = parseDeploymentRequest(body);
  return parsed.ok ? [] : parsed.errors;
};

describe('what a caller reads', () => {
  it.each([
    [{ ClusterName: 'x' }, 'ClusterName', 'is not known; did you mean clusterName?'],
    [{ EXPIRESAT: 'P7D' }, 'EXPIRESAT', 'is not known; did you mean expiresAt?'],
    [{ location: 7 }, 'location', 'must be a string'],
    [{ images: {} }, 'images', 'must be an array'],
    [{ images: [7] }, 'images.0', 'must be an object'],
    [{ tags: [] }, 'tags', 'must be an object'],
    [{ tags: { a: 5 } }, 'tags.a', 'must be a string'],
    [{ skipPreflight: 'no' }, 'skipPreflight', 'must be a boolean'],
    [{ cluster: { nodeCount: '3' } }, 'cluster.nodeCount', 'must be a number'],
    [{ cluster: { nodeCount: 2.5 } }, 'cluster.nodeCount', 'must be a whole number'],
    [{ tags: { 'a/b': 'x' } }, 'tags.a/b', 'the name must not contain < > % & \\ ? or /'],
    [[], '', 'must be an object'],
    ['text', '', 'must be an object'],
    [null, '', 'must be an object'],
  ])('of %j: %s %s', (body, field, message) => {
    expect(errorsOf(body)).toEqual([{ field, message }]);
  });

  it.each([
    [{ colour: 'blue' }, 'colour'],
    [{ cluster: { nodes: 3 } }, 'cluster.nodes'],
  ])('of %j: which fields there are', (body, field) => {
    const message = expect.stringMatching(/^is not known; known are id, subscriptionId, .*, approval, expiresAt$/);
    expect(errorsOf(body)).toEqual([{ field, message }]);
  });
});

it('what is asked for beside the deployment is no part of it', () => {
  const options = {
    planHash: '0'.repeat(64),
    skipPreflight: true,
    callbackUrl: 'https://example.com/',
    callbackEvents: ['ended'],
    approval: { required: true, timeoutHours: 2 },
    expiresAt: 'P7D',
  };
  const parsed = parseDeploymentRequest({ location: 'eastus', ...options });
  const plain = parseDeploymentRequest({ location: 'eastus' });
  expect(parsed).toEqual({ ok: true, request: plain.ok && plain.request, options });
  expect(plain).toMatchObject({ options: { skipPreflight: false } });
});
