import { describe, expect, it } from 'vitest';
import { acrPullImplementation } from '../../src/activities/acr-pull.ts';
import { logsAccessImplementation } from '../../src/activities/logs-access.ts';
import { networkAccessImplementation } from '../../src/activities/network-access.ts';
import { roleAssignmentName } from '../../src/deployment/names/role-assignment-name.ts';
import { acrPull } from '../../src/steps/acr-pull.ts';
import { logsAccess } from '../../src/steps/logs-access.ts';
import { networkAccess } from '../../src/steps/network-access.ts';
import { SUBSCRIPTION } from '../support/a-deployment.ts';
import { GROUP } from '../support/a-located-deployment.ts';
import { callActivity, deploymentAir, stepInput } from '../support/call-activity.ts';
import { NOT_FOUND, useScriptedAzure } from '../support/scripted-azure.ts';
import { aCluster, CLUSTER, CONTROL_PLANE, KUBELET } from './a-cluster.ts';

const azure = useScriptedAzure();

const REGISTRY = `${GROUP}/providers/Microsoft.ContainerRegistry/registries/regair`;
const ACCOUNT = `${GROUP}/providers/Microsoft.Storage/storageAccounts/stair`;
const SUBNET = `${GROUP.replace('/rg', '/net')}/providers/Microsoft.Network/virtualNetworks/v/subnets/nodes`;
const IDENTITY = '22222222-0000-4000-8000-000000000003';

const CLUSTER_VALUE = {
  id: CLUSTER,
  oidcIssuerUrl: '',
  kubeletObjectId: KUBELET,
  nodeResourceGroup: '',
  kubernetesVersion: '',
  nodeCount: 3,
  fqdn: '',
  controlPlaneObjectId: CONTROL_PLANE,
};

const VALUES = {
  cluster: CLUSTER_VALUE,
  registry: { id: REGISTRY, loginServer: 'regair.azurecr.io' },
  identity: { id: 'i', principalId: IDENTITY, clientId: 'c' },
  storage: { id: ACCOUNT },
};

// Roles: learn.microsoft.com/azure/role-based-access-control/built-in-roles
it.each([
  {
    who: 'the nodes may pull from the registry (AcrPull)',
    step: acrPull,
    implementation: acrPullImplementation,
    body: {},
    scope: REGISTRY,
    principalId: KUBELET,
    role: '7f951dda-4ed3-4680-a7ca-43fe172d538d',
  },
  {
    who: 'the pods may write the logs (Storage Blob Data Contributor)',
    step: logsAccess,
    implementation: logsAccessImplementation,
    body: { profile: 'hardened' },
    scope: ACCOUNT,
    principalId: IDENTITY,
    role: 'ba92f5b4-2d11-453d-a403-e96b0029c9fe',
  },
  {
    who: 'the control plane may use the subnet (Network Contributor)',
    step: networkAccess,
    implementation: networkAccessImplementation,
    body: { existing: { subnetId: SUBNET } },
    scope: SUBNET,
    principalId: CONTROL_PLANE,
    role: '4d97b98b-1d4f-4787-a291-c67834d212e7',
  },
])('$who', async ({ step, implementation, body, scope, principalId, role }) => {
  const roles = `${scope}/providers/Microsoft.Authorization/roleAssignments`;
  const id = `${roles}/${roleAssignmentName(scope, principalId, role)}`;
  azure.on(`GET ${roles}`, { body: { value: [] } });
  azure.on(`PUT ${id}`, { status: 201, body: { id } });
  const input = stepInput(step, deploymentAir(body), VALUES);
  expect(await implementation.inspect(input)).toMatchObject({ action: 'create', resourceId: id });
  expect(await callActivity(implementation.activity, input)).toEqual({
    kind: 'done',
    value: { id },
    change: 'created',
    resourceId: id,
  });
  expect(azure.request(`PUT ${id}`).body).toEqual({
    properties: {
      roleDefinitionId: `/subscriptions/${SUBSCRIPTION}/providers/Microsoft.Authorization/roleDefinitions/${role}`,
      principalId,
      principalType: 'ServicePrincipal',
    },
  });
});

describe('an undo takes away the role', () => {
  const owned = (name: string, scope: string, principalId: string, role: string) => [
    {
      name,
      resourceId: `${scope}/providers/Microsoft.Authorization/roleAssignments/${roleAssignmentName(scope, principalId, role)}`,
      apiVersion: '2022-04-01',
      usualSeconds: 5,
    },
  ];

  const A_REGISTRY = { id: REGISTRY, location: 'canadacentral', sku: { name: 'Premium' } };

  it('of the nodes on the registry', async () => {
    azure.on(`GET ${REGISTRY}`, { body: A_REGISTRY });
    azure.on(`GET ${CLUSTER}`, { body: aCluster() });
    expect(await acrPullImplementation.findOwned?.(deploymentAir())).toEqual(
      owned('acr-pull', REGISTRY, KUBELET, '7f951dda-4ed3-4680-a7ca-43fe172d538d'),
    );
  });

  it('of the nodes on a registry of somebody else', async () => {
    const theirs = `${GROUP.replace('/rg', '/theirs')}/providers/Microsoft.ContainerRegistry/registries/theirs`;
    azure.on(`GET ${theirs}`, { body: A_REGISTRY });
    azure.on(`GET ${CLUSTER}`, { body: aCluster() });
    const deployment = deploymentAir({ registryName: undefined, existing: { registryId: theirs } });
    expect(await acrPullImplementation.findOwned?.(deployment)).toEqual(
      owned('acr-pull', theirs, KUBELET, '7f951dda-4ed3-4680-a7ca-43fe172d538d'),
    );
  });

  it.each([
    ['the registry is gone', NOT_FOUND, { body: aCluster() }],
    ['the cluster is gone', { body: A_REGISTRY }, NOT_FOUND],
    ['the cluster shows no identities', { body: A_REGISTRY }, { body: aCluster({ identityProfile: undefined }) }],
    ['the cluster shows none of its nodes', { body: A_REGISTRY }, { body: aCluster({ identityProfile: {} }) }],
    [
      'the identity of the nodes shows no object id',
      { body: A_REGISTRY },
      { body: aCluster({ identityProfile: { kubeletidentity: {} } }) },
    ],
  ])('but not where %s', async (_, registry, cluster) => {
    azure.on(`GET ${REGISTRY}`, registry);
    azure.on(`GET ${CLUSTER}`, cluster);
    expect(await acrPullImplementation.findOwned?.(deploymentAir())).toEqual([]);
  });

  const IN_SUBNET = deploymentAir({ existing: { subnetId: SUBNET } });

  it('of the control plane on the subnet', async () => {
    azure.on(`GET ${CLUSTER}`, { body: aCluster() });
    expect(await networkAccessImplementation.findOwned?.(IN_SUBNET)).toEqual(
      owned('network-access', SUBNET, CONTROL_PLANE, '4d97b98b-1d4f-4787-a291-c67834d212e7'),
    );
  });

  it.each([
    ['gone', NOT_FOUND],
    ['without an identity', { body: aCluster({}, { identity: undefined }) }],
    ['without a principal', { body: aCluster({}, { identity: { type: 'UserAssigned' } }) }],
  ])('but not of a cluster that is %s', async (_, cluster) => {
    azure.on(`GET ${CLUSTER}`, cluster);
    expect(await networkAccessImplementation.findOwned?.(IN_SUBNET)).toEqual([]);
  });

  it('but not on a subnet that the deployment does not have', async () => {
    expect(await networkAccessImplementation.findOwned?.(deploymentAir())).toEqual([]);
    expect(azure.routes).toEqual([]);
  });
});
