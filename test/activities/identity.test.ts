import { describe, expect, it } from 'vitest';
import { identityImplementation } from '../../src/activities/identity.ts';
import { identity } from '../../src/steps/identity.ts';
import { GROUP } from '../support/a-located-deployment.ts';
import { callActivity, deploymentAir, OWN_TAGS, stepInput } from '../support/call-activity.ts';
import { NOT_FOUND, useScriptedAzure } from '../support/scripted-azure.ts';

const azure = useScriptedAzure();

const IDENTITY = `${GROUP}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/idair`;
const GET = `GET ${IDENTITY}`;
const PUT = `PUT ${IDENTITY}`;
const PATCH = `PATCH ${IDENTITY}`;
const PRINCIPAL = '22222222-0000-4000-8000-000000000003';
const CLIENT = '22222222-0000-4000-8000-000000000004';
const DONE = {
  kind: 'done',
  value: { id: IDENTITY, principalId: PRINCIPAL, clientId: CLIENT },
  resourceId: IDENTITY,
};

const anIdentity = (rest: object = {}, properties: object = {}) => ({
  id: IDENTITY,
  location: 'canadacentral',
  tags: { team: 'data' },
  ...rest,
  properties: { principalId: PRINCIPAL, clientId: CLIENT, ...properties },
});

const input = () => stepInput(identity, deploymentAir());
const apply = () => callActivity(identityImplementation.activity, input());

describe('the managed identity', () => {
  it('is created when it does not exist', async () => {
    azure.on(GET, NOT_FOUND);
    azure.on(PUT, { status: 201, body: anIdentity() });
    expect(await apply()).toEqual({ ...DONE, change: 'created' });
    expect(azure.request(PUT).body).toEqual({ location: 'canadacentral', tags: OWN_TAGS });
  });

  it('stays as it is', async () => {
    azure.on(GET, { body: anIdentity() });
    expect(await apply()).toEqual({ ...DONE, change: 'unchanged' });
    expect(await identityImplementation.inspect(input())).toEqual({
      action: 'unchanged',
      changes: [],
      resourceId: IDENTITY,
      value: DONE.value,
    });
  });

  it('gets its tags', async () => {
    azure.on(GET, { body: anIdentity({ tags: { other: 'x' } }) });
    azure.on(PATCH, { body: anIdentity() });
    expect(await apply()).toEqual({ ...DONE, change: 'updated', changed: ['tags.team'] });
    expect(azure.request(PATCH).body).toEqual({ tags: { other: 'x', team: 'data' } });
  });

  it('cannot be moved to another location', async () => {
    azure.on(GET, { body: anIdentity({ location: 'westeurope' }) });
    expect(await apply()).toMatchObject({ kind: 'failed', error: { code: 'ImmutableDifference' } });
  });

  it.each([
    [{ id: undefined }, {}],
    [{}, { principalId: undefined }],
    [{}, { clientId: '' }],
  ])('is of no use without its ids: %j %j', async (rest, properties) => {
    azure.on(GET, { body: anIdentity(rest, properties) });
    expect(await apply()).toMatchObject({ error: { message: 'Azure answered an identity without its ids.' } });
  });
});
