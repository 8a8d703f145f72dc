import { HttpRequest, InvocationContext } from '@azure/functions';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Instance } from '../../src/deployment/run/instance.ts';
import { createDeployment } from '../../src/functions/create-deployment.ts';
import { anInstance, MadeUpHub } from '../task-hub/made-up-hub.ts';

const SUBSCRIPTION = '11111111-2222-4333-8444-555555555555';

beforeEach(() => {
  vi.stubEnv('AZURE_SUBSCRIPTION_ID', SUBSCRIPTION);
});
afterEach(() => vi.unstubAllEnvs());

/** A task hub in which a run of another place begins and ends after the first look. */
class BusyHub extends MadeUpHub {
  readonly #later: Instance;
  #looked = false;

  constructor(later: Instance) {
    super();
    this.#later = later;
  }

  override async find(instanceId: string): Promise<Instance | undefined> {
    if (instanceId !== this.#later.instanceId) return super.find(instanceId);
    if (this.#looked) return this.#later;
    this.#looked = true;
    return undefined;
  }
}

it('a run of another place that began and ended while the POST was checked is not replaced', async () => {
  const deployment = { id: 'rg', subscriptionId: SUBSCRIPTION, resourceGroupName: 'other' };
  const hub = new BusyHub(anInstance('d:rg', 'Failed', { input: { schemaVersion: 1, run: 'x', deployment } }));
  const request = new HttpRequest({
    method: 'POST',
    url: 'http://localhost:7071/api/deployments',
    body: { string: JSON.stringify({ resourceGroupName: 'rg' }) },
  });
  const answer = createDeployment({ request, hub, context: new InvocationContext(), caller: undefined, needs: [] });
  await expect(answer).rejects.toMatchObject({ status: 409, slug: 'id-in-use' });
  expect(hub.started).toEqual([]);
});
