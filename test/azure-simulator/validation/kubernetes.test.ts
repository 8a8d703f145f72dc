import { KUBERNETES_COVERAGE } from '../../../local/azure-simulator/providers/container-service/coverage.ts';
import type { Fixture } from '../fixture.ts';
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

const creating = (azure: Fixture) => azure.send('PUT', url.cluster('new'), good.cluster);

const REFUSALS: Refusal[] = [
  ...PATHS.flatMap((path): Refusal[] => [
    { wrong: 'no token', method: 'GET', url: CLUSTER + path, late: at(path), status: 401, code: 'Unauthorized' },
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
