import { expect, it } from 'vitest';
import { containerImplementation } from '../../src/activities/container.ts';
import { container } from '../../src/steps/container.ts';
import { GROUP } from '../support/a-located-deployment.ts';
import { callActivity, deploymentAir, stepInput } from '../support/call-activity.ts';
import { azureError, NOT_FOUND, useScriptedAzure } from '../support/scripted-azure.ts';

const azure = useScriptedAzure();

const CONTAINER = `${GROUP}/providers/Microsoft.Storage/storageAccounts/stair/blobServices/default/containers/airflow-logs`;
const GET = `GET ${CONTAINER}`;
const PUT = `PUT ${CONTAINER}`;

const input = () => stepInput(container, deploymentAir());
const apply = () => callActivity(containerImplementation.activity, input());

it('the container of the logs is created without public access', async () => {
  azure.on(GET, NOT_FOUND);
  azure.on(PUT, { status: 201, body: { id: CONTAINER } });
  expect(await containerImplementation.inspect(input())).toMatchObject({
    action: 'create',
    changes: [],
    resourceId: CONTAINER,
  });
  expect(await apply()).toEqual({
    kind: 'done',
    value: { id: CONTAINER },
    change: 'created',
    resourceId: CONTAINER,
  });
  expect(azure.request(PUT).body).toEqual({ properties: { publicAccess: 'None' } });
});

it('the container of the logs stays as it is', async () => {
  azure.on(GET, { body: { id: CONTAINER, properties: { publicAccess: 'Blob' } } });
  expect(await containerImplementation.inspect(input())).toEqual({
    action: 'unchanged',
    changes: [],
    resourceId: CONTAINER,
    value: { id: CONTAINER },
  });
  expect(await apply()).toMatchObject({ kind: 'done', change: 'unchanged' });
  expect(azure.routes).toEqual([GET, GET]);
});

it('the container of the logs is waited for while the one before is being deleted', async () => {
  azure.on(GET, NOT_FOUND);
  azure.on(PUT, azureError(409, 'ContainerBeingDeleted'));
  expect(await apply()).toMatchObject({ kind: 'wait', error: { code: 'ContainerBeingDeleted', class: 'busy' } });
});
