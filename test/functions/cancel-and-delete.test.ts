import { HttpRequest, InvocationContext } from '@azure/functions';
import { expect, it } from 'vitest';
import type { Role } from '../../src/callers/role.ts';
import { cancelDeployment } from '../../src/functions/cancel-deployment.ts';
import { handle } from '../../src/functions/http/handle.ts';
import { aDeployment } from '../support/a-deployment.ts';
import { anInstance, MadeUpHub } from '../task-hub/made-up-hub.ts';

const deployment = aDeployment({ id: 'one' });

it.each<[roles: Role[], status: number]>([
  [['Deployments.Deploy'], 403],
  [['Deployments.Deploy', 'Deployments.All'], 403],
  [['Deployments.Deploy', 'Deployments.Destroy'], 202],
])('%j cancel and delete: %i', async (roles, status) => {
  const caller = { id: '1', name: 'alice', kind: 'user' as const, roles };
  const hub = new MadeUpHub(
    anInstance('d:one', 'Running', { input: { run: 'r1', deployment, owner: '1', schemaVersion: 1 } }),
  );
  const request = new HttpRequest({
    method: 'POST',
    url: `http://localhost/api/deployments/one/cancel?andDelete=true&confirm=${deployment.resourceGroupName}`,
    params: { id: 'one' },
  });
  const route = handle(cancelDeployment, { guard: async () => caller, access: ['Deployments.Deploy'] });
  expect((await route(request, hub, new InvocationContext())).status).toBe(status);
  expect(hub.raised.length > 0).toBe(status === 202);
});
