import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { connectImplementation } from '../../src/activities/connect.ts';
import { connect } from '../../src/steps/connect.ts';
import { GROUP } from '../support/a-located-deployment.ts';
import { callActivity, deploymentAir, stepInput } from '../support/call-activity.ts';
import { NOT_FOUND, useScriptedAzure } from '../support/scripted-azure.ts';
import { aCluster, CLUSTER, POOL } from './a-cluster.ts';

const azure = useScriptedAzure();

const CREDENTIALS = `POST ${CLUSTER}/listClusterUserCredential`;
const API = 'https://aks.hcp.canadacentral.azmk8s.io';
const NOTE =
  'Reads through Resource Manager the state of the cluster and its nodes: the service has no account in the cluster.';
const WAIT = { kind: 'wait', requeueAfterSeconds: 9, resourceId: CLUSTER };

const input = (body: object = {}, nodeCount = 3) =>
  stepInput(connect, deploymentAir(body), {
    cluster: {
      id: CLUSTER,
      oidcIssuerUrl: '',
      kubeletObjectId: '',
      nodeResourceGroup: '',
      kubernetesVersion: '',
      nodeCount,
      fqdn: '',
    },
  });

const apply = (body: object = {}, nodeCount?: number) =>
  callActivity(connectImplementation.activity, input(body, nodeCount));

const pool = (parts: object = {}) => ({ ...POOL, provisioningState: 'Succeeded', ...parts });

it.each([
  ['tutorial', "Reads the cluster's version and nodes."],
  ['hardened', NOTE],
])('a plan in the profile %s asks nobody', async (profile, note) => {
  expect(await connectImplementation.inspect(input({ profile }))).toEqual({
    action: 'unchanged',
    changes: [],
    resourceId: `${GROUP}/providers/Microsoft.ContainerService/managedClusters/aks`,
    note,
  });
  expect(azure.routes).toEqual([]);
});

describe('the API server of the cluster', () => {
  const base64 = (text: string) => Buffer.from(text).toString('base64');
  const kubeconfig = (user: object) => ({
    body: {
      kubeconfigs: [
        {
          name: 'clusterUser',
          value: base64(
            stringify({
              clusters: [{ name: 'aks', cluster: { server: API, 'certificate-authority-data': base64('CA') } }],
              users: [{ name: 'u', user }],
            }),
          ),
        },
      ],
    },
  });

  const CERTIFICATE = { 'client-certificate-data': base64('cert'), 'client-key-data': base64('key') };

  const aNode = (zone: string | undefined, ready: string, type = 'Ready') => ({
    metadata: { labels: zone === undefined ? { other: 'x' } : { 'topology.kubernetes.io/zone': zone } },
    status: {
      conditions: [
        { type: 'DiskPressure', status: ready === 'True' ? 'False' : 'True' },
        { type, status: ready },
      ],
    },
  });

  const present = (user: object, ...items: readonly object[]): void => {
    azure.on(CREDENTIALS, kubeconfig(user));
    azure.on(`GET ${API}/version`, { body: { gitVersion: 'v1.34.2' } });
    azure.on(`GET ${API}/api/v1/nodes`, { body: { items } });
  };

  it.each([
    ['a certificate', CERTIFICATE],
    ['a token', { token: 't' }],
  ])('shows its version and its nodes to who has %s', async (_, user) => {
    const [a, b] = ['canadacentral-2', 'canadacentral-1'];
    present(user, aNode(a, 'True'), aNode(b, 'True'), aNode(a, 'False'), aNode(undefined, 'True'));
    expect(await apply()).toEqual({
      kind: 'done',
      value: { kubernetesVersion: 'v1.34.2', nodes: 4, nodesReady: 3, zones: [b, a] },
      change: 'unchanged',
      resourceId: CLUSTER,
    });
    expect(azure.routes).toEqual([CREDENTIALS, `GET ${API}/version`, `GET ${API}/api/v1/nodes`]);
  });

  it.each([
    ['not ready', aNode('1', 'False')],
    ['in another condition', aNode('1', 'True', 'NetworkReady')],
    ['without conditions', { metadata: {}, status: {} }],
  ])('is asked again while a node is %s', async (_, node) => {
    present(CERTIFICATE, aNode('1', 'True'), aNode('1', 'True'), node);
    expect(await apply()).toEqual(WAIT);
    expect(await apply({}, 2)).toMatchObject({
      kind: 'done',
      value: { nodes: 3, nodesReady: 2, zones: expect.any(Array) },
    });
  });

  it('is asked again when it does not answer as it should', async () => {
    present(CERTIFICATE);
    azure.on(`GET ${API}/version`, 503);
    expect(await apply()).toMatchObject({ kind: 'wait', error: { code: 'ClusterNotReady' } });
    azure.on(`GET ${API}/version`, { body: {} });
    expect(await apply()).toMatchObject({ kind: 'wait', error: { code: 'UnexpectedAnswer' } });
  });

  it('is not asked where its kubeconfig wants a program for a token', async () => {
    azure.on(CREDENTIALS, kubeconfig({ exec: { command: 'kubelogin' } }));
    azure.on(`GET ${CLUSTER}`, { body: aCluster({ agentPoolProfiles: [pool()] }) });
    expect(await apply()).toMatchObject({ kind: 'done', note: NOTE });
  });
});

describe('Resource Manager', () => {
  const HARDENED = { profile: 'hardened' };

  const present = (properties: object): void =>
    azure.on(`GET ${CLUSTER}`, { body: aCluster({ agentPoolProfiles: [pool()], ...properties }) });

  it('shows the version and the nodes of a hardened cluster', async () => {
    const pools = [
      pool({ availabilityZones: ['3', '1'] }),
      pool({ name: 'b', availabilityZones: ['1', '2'], count: 2, powerState: { code: 'Running' } }),
      pool({ name: 'c', availabilityZones: undefined, count: 4, provisioningState: 'Scaling' }),
      pool({ name: 'd', availabilityZones: undefined, count: undefined, powerState: {} }),
    ];
    present({ agentPoolProfiles: pools, powerState: { code: 'Running' } });
    expect(await apply(HARDENED)).toEqual({
      kind: 'done',
      value: { kubernetesVersion: '1.34.2', nodes: 9, nodesReady: 5, zones: ['1', '2', '3'] },
      change: 'unchanged',
      resourceId: CLUSTER,
      note: NOTE,
    });
    expect(azure.routes).toEqual([`GET ${CLUSTER}`]);
  });

  it('may not show the version', async () => {
    present({ currentKubernetesVersion: undefined });
    expect(await apply(HARDENED)).toMatchObject({ kind: 'done', value: { kubernetesVersion: '' } });
  });

  it.each([
    ['the cluster is at work', { provisioningState: 'Updating' }],
    ['too few nodes run', { agentPoolProfiles: [pool({ count: 2 })] }],
    ['the node pool is at work', { agentPoolProfiles: [pool({ provisioningState: 'Creating' })] }],
    ['there is no node pool', { agentPoolProfiles: undefined }],
  ])('is asked again while %s', async (_, properties) => {
    present(properties);
    expect(await apply(HARDENED)).toEqual(WAIT);
  });

  it.each([
    ['cluster', { powerState: { code: 'Stopped' } }],
    ['node pool', { agentPoolProfiles: [pool(), pool({ name: 'b', powerState: { code: 'Stopped' } })] }],
  ])('says that the %s is stopped', async (_, properties) => {
    present(properties);
    expect(await apply(HARDENED)).toMatchObject({
      kind: 'wait',
      error: { code: 'ClusterNotReady', message: `${CLUSTER} or one of its node pools is stopped.` },
    });
  });

  it('says that there is no cluster', async () => {
    azure.on(`GET ${CLUSTER}`, NOT_FOUND);
    expect(await apply(HARDENED)).toMatchObject({ kind: 'failed', error: { code: 'ResourceNotFound' } });
  });
});
