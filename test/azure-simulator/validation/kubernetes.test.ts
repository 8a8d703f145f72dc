import { expect, test } from 'vitest';
import { merged } from '../../../local/azure-simulator/base/json.ts';
import { KUBERNETES_COVERAGE } from '../../../local/azure-simulator/providers/container-service/coverage.ts';
import { type Fixture, startFixture } from '../fixture.ts';
import { type Refusal, testRefusals } from './refusals.ts';
import { good, url } from './requests.ts';

const CLUSTER = 'https://airflow-0.hcp.canadacentral.azmk8s.io';
const PATHS = ['/version', '/api/v1/nodes'];

/** The same request at the API server that the cluster really has, as the user of its kubeconfig. */
const at =
  (path: string, name?: string, signIn = false) =>
  async (azure: Fixture) => {
    const cluster = azure.simulator
      .resources()
      .find((one) => one.type.endsWith('/ManagedClusters') && one.name === (name ?? 'airflow'));
    const host = `https://${cluster?.properties.fqdn}`;
    if (!signIn) return { url: host + path, headers: { authorization: ' ' } };
    await azure.send('POST', url.cluster(name, '/listClusterUserCredential'));
    const token = azure.simulator.secrets().findLast(({ kind }) => kind === 'kubeconfig-token')?.value;
    return { url: host + path, headers: { authorization: `Bearer ${token}` } };
  };

const closed = merged(good.cluster, {
  properties: { disableLocalAccounts: true, aadProfile: { managed: true } },
});

const creating = (azure: Fixture) => azure.send('PUT', url.cluster('new'), good.cluster);

const REFUSALS: Refusal[] = [
  ...PATHS.flatMap((path): Refusal[] => [
    { wrong: 'no token', method: 'GET', url: CLUSTER + path, late: at(path), status: 401, code: 'Unauthorized' },
    {
      wrong: 'the token of a local account, where these were switched off',
      method: 'GET',
      url: CLUSTER + path,
      late: async (azure) => {
        const request = await at(path, undefined, true)(azure);
        await azure.send('PUT', url.cluster(), closed);
        await azure.clock.sleep(3_600_000);
        return request;
      },
      status: 401,
      code: 'Unauthorized',
    },
    {
      wrong: 'a cluster that is being created',
      method: 'GET',
      url: CLUSTER + path,
      given: creating,
      late: at(path, 'new'),
      status: 503,
      code: 'ServiceUnavailable',
    },
  ]),
  {
    wrong: 'another path',
    method: 'GET',
    url: `${CLUSTER}/api/v1/pods`,
    late: at('/api/v1/pods', undefined, true),
    status: 404,
    code: 'NotFound',
  },
];

testRefusals(
  KUBERNETES_COVERAGE,
  async (azure) => {
    await azure.send('PUT', url.group(), good.group);
    await azure.send('PUT', url.cluster(), good.cluster);
    await azure.clock.sleep(3_600_000);
  },
  REFUSALS,
);

test('an address outside of the authorised ranges cannot connect, one inside can', async () => {
  const azure = await startFixture();
  await azure.send('PUT', url.group(), good.group);
  const ranges = { apiServerAccessProfile: { authorizedIPRanges: ['198.51.100.0/24'] } };
  await azure.send('PUT', url.cluster(), merged(good.cluster, { properties: ranges }));
  await azure.clock.sleep(3_600_000);
  const { url: version, headers } = await at('/version', undefined, true)(azure);
  await expect(azure.send('GET', version, undefined, headers)).rejects.toThrow(/socket hang up|ECONNRESET/);
  await azure.control('POST', 'settings', { callerAddress: '198.51.100.7' });
  expect((await azure.send('GET', version, undefined, headers)).status).toBe(200);
  await azure.close();
});
