import { describe, expect, it } from 'vitest';
import { resourceGroupImplementation } from '../../src/activities/resource-group.ts';
import { resourceGroup } from '../../src/steps/resource-group.ts';
import { GROUP } from '../support/a-located-deployment.ts';
import { callActivity, deploymentAir, OWN_TAGS, stepInput } from '../support/call-activity.ts';
import { NOT_FOUND, useScriptedAzure } from '../support/scripted-azure.ts';

const azure = useScriptedAzure();

// The SDK's client writes the path of a group like this.
const ROUTE = GROUP.replace('resourceGroups', 'resourcegroups');
const GET = `GET ${ROUTE}`;
const PUT = `PUT ${ROUTE}`;
const PATCH = `PATCH ${ROUTE}`;
const DONE = { kind: 'done', value: { id: GROUP }, resourceId: GROUP };

const aGroup = (rest: object = {}) => ({
  id: GROUP,
  location: 'canadacentral',
  tags: { team: 'data' },
  properties: { provisioningState: 'Succeeded' },
  ...rest,
});

const input = () => stepInput(resourceGroup, deploymentAir());
const apply = () => callActivity(resourceGroupImplementation.activity, input());

describe('the resource group', () => {
  it('is created when it does not exist', async () => {
    azure.on(GET, NOT_FOUND);
    azure.on(PUT, { status: 201, body: aGroup() });
    expect(await apply()).toEqual({ ...DONE, change: 'created' });
    expect(azure.request(PUT).body).toEqual({ location: 'canadacentral', tags: OWN_TAGS });
  });

  it.each([[{}], [{ properties: undefined }]])('stays as it is: %j', async (rest) => {
    azure.on(GET, { body: aGroup(rest) });
    expect(await apply()).toEqual({ ...DONE, change: 'unchanged' });
    expect(await resourceGroupImplementation.inspect(input())).toEqual({
      action: 'unchanged',
      changes: [],
      resourceId: GROUP,
      value: { id: GROUP },
    });
  });

  it('is waited for while Azure is at work on it', async () => {
    azure.on(GET, { body: aGroup({ properties: { provisioningState: 'Deleting' } }) });
    expect(await apply()).toEqual({ kind: 'wait', requeueAfterSeconds: 3, resourceId: GROUP });
  });

  it('gets its tags', async () => {
    azure.on(GET, { body: aGroup({ tags: { other: 'x' } }) });
    azure.on(PATCH, { body: aGroup() });
    expect(await apply()).toEqual({ ...DONE, change: 'updated', changed: ['tags.team'] });
    expect(azure.request(PATCH).body).toEqual({ tags: { other: 'x', team: 'data' } });
  });

  it('cannot be moved to another location', async () => {
    azure.on(GET, { body: aGroup({ location: 'westeurope' }) });
    expect(await apply()).toMatchObject({ kind: 'failed', error: { code: 'ImmutableDifference' } });
  });
});
