import { describe, expect, it } from 'vitest';
import { clusterImplementation } from '../../src/activities/cluster.ts';
import { cluster } from '../../src/steps/cluster.ts';
import { GROUP } from '../support/a-located-deployment.ts';
import { callActivity, deploymentAir, operationHeaders, operationUrl, stepInput } from '../support/call-activity.ts';
import { type Answer, azureError, NOT_FOUND, useScriptedAzure } from '../support/scripted-azure.ts';
import { aCluster, CLUSTER, CONTROL_PLANE, ISSUER, KUBELET, NODES_KEY, POOL } from './a-cluster.ts';

const azure = useScriptedAzure();

const GET = `GET ${CLUSTER}`;
const PUT = `PUT ${CLUSTER}`;
const SUBNET = `${GROUP.replace('rg', 'net')}/providers/Microsoft.Network/virtualNetworks/v/subnets/nodes`;
const IDENTITY = `${GROUP}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/own`;
const CREATED: Answer = {
  status: 201,
  body: aCluster({ provisioningState: 'Creating' }),
  headers: operationHeaders('put'),
};

/** @param publicKey - what the step before has generated; a hardened deployment has no such step. */
const inputOf = (body: object = {}, publicKey = NODES_KEY) => {
  const deployment = deploymentAir(body);
  return stepInput(cluster, deployment, deployment.profile === 'hardened' ? {} : { 'ssh-key': { publicKey } });
};

/** One call for a deployment of the given request. */
const apply = (body: object = {}, checkpoint?: string) =>
  callActivity(clusterImplementation.activity, inputOf(body), { ...(checkpoint !== undefined && { checkpoint }) });

const inspect = (body: object = {}) => clusterImplementation.inspect(inputOf(body));

const present = (properties: object = {}, rest: object = {}): void =>
  azure.on(GET, { body: aCluster(properties, rest) });

describe('a cluster that does not exist', () => {
  it('is created as the tutorial has it', async () => {
    azure.on(GET, NOT_FOUND);
    azure.on(PUT, CREATED);
    expect(await apply()).toEqual({
      kind: 'wait',
      requeueAfterSeconds: 198,
      checkpoint: JSON.stringify({ sent: 'created', operation: { url: operationUrl('put'), kind: 'status' } }),
      resourceId: CLUSTER,
      wrote: true,
    });
    const { headers, body } = azure.request(PUT);
    expect(headers['if-none-match']).toBe('*');
    expect(body).toEqual({
      location: 'canadacentral',
      tags: { team: 'data', 'airflow-on-aks-deployment': 'air' },
      sku: { name: 'Base', tier: 'Standard' },
      identity: { type: 'SystemAssigned' },
      properties: {
        dnsPrefix: 'aks-rg-111111',
        agentPoolProfiles: [
          {
            name: 'nodepool1',
            mode: 'System',
            type: 'VirtualMachineScaleSets',
            osType: 'Linux',
            vmSize: 'Standard_DS4_v2',
            count: 3,
            availabilityZones: ['1', '2', '3'],
            enableAutoScaling: false,
            enableNodePublicIP: false,
            scaleSetPriority: 'Regular',
            nodeTaints: [],
            upgradeSettings: {},
            enableEncryptionAtHost: false,
            enableUltraSSD: false,
            enableFIPS: false,
          },
        ],
        linuxProfile: { adminUsername: 'azureuser', ssh: { publicKeys: [{ keyData: NODES_KEY }] } },
        addonProfiles: {},
        enableRBAC: true,
        disableLocalAccounts: false,
        networkProfile: { networkPlugin: 'azure', loadBalancerSku: 'standard', outboundType: 'loadBalancer' },
        oidcIssuerProfile: { enabled: true },
        securityProfile: { workloadIdentity: { enabled: true } },
        storageProfile: { blobCSIDriver: { enabled: true } },
        autoUpgradeProfile: { upgradeChannel: 'stable', nodeOSUpgradeChannel: 'NodeImage' },
        bootstrapProfile: { artifactSource: 'Direct' },
      },
    });
  });

  const create = async (body: object, publicKey = NODES_KEY) => {
    azure.on(GET, NOT_FOUND);
    azure.on(PUT, CREATED);
    await callActivity(clusterImplementation.activity, inputOf(body, publicKey));
    return azure.request(PUT).body;
  };

  it('is created as the request has it', async () => {
    const wanted = {
      tier: 'Premium',
      nodeVmSize: 'Standard_D8s_v5',
      nodeCount: 5,
      zones: [],
      kubernetesVersion: '1.33',
      autoUpgradeChannel: 'patch',
      nodeOsUpgradeChannel: 'SecurityPatch',
    };
    expect(await create({ cluster: wanted, location: 'westeurope' })).toMatchObject({
      location: 'westeurope',
      sku: { name: 'Base', tier: 'Premium' },
      properties: {
        kubernetesVersion: '1.33',
        agentPoolProfiles: [{ vmSize: 'Standard_D8s_v5', count: 5, orchestratorVersion: '1.33' }],
        autoUpgradeProfile: { upgradeChannel: 'patch', nodeOSUpgradeChannel: 'SecurityPatch' },
      },
    });
    expect(JSON.stringify(azure.request(PUT).body)).not.toMatch(/availabilityZones|vnetSubnetID|aadProfile/);
  });

  it('gets its nodes into the subnet that the request names', async () => {
    expect(await create({ existing: { subnetId: SUBNET } })).toMatchObject({
      properties: { agentPoolProfiles: [{ vnetSubnetID: SUBNET }] },
    });
  });

  it('has no key on its nodes where none was made', async () => {
    expect(await create({}, '')).not.toHaveProperty('properties.linuxProfile');
  });

  it('is hardened if the request says so: only the cluster itself gets to its API server', async () => {
    expect(await create({ profile: 'hardened' })).toMatchObject({
      properties: {
        disableLocalAccounts: true,
        aadProfile: { managed: true, enableAzureRBAC: true },
        apiServerAccessProfile: { authorizedIPRanges: ['0.0.0.0/32'] },
      },
    });
    expect(azure.request(PUT).body).not.toHaveProperty('properties.aadProfile.adminGroupObjectIDs');
  });

  it('lets in whom the request names when it is hardened', async () => {
    const groups = ['33333333-0000-4000-8000-000000000001'];
    const wanted = { authorizedIpRanges: ['203.0.113.0/24'], adminGroupObjectIds: groups };
    expect(await create({ profile: 'hardened', cluster: wanted })).toMatchObject({
      properties: {
        aadProfile: { managed: true, enableAzureRBAC: true, adminGroupObjectIDs: groups },
        apiServerAccessProfile: { authorizedIPRanges: ['203.0.113.0/24'] },
      },
    });
  });

  it('fails with what Azure says when the PUT is refused', async () => {
    azure.on(GET, NOT_FOUND);
    azure.on(PUT, azureError(400, 'VMSizeNotSupported', 'No such size.'));
    expect(await apply()).toMatchObject({ kind: 'failed', error: { code: 'VMSizeNotSupported' } });
  });
});

describe('a cluster that is as the request wants it', () => {
  const VALUE = {
    id: CLUSTER,
    oidcIssuerUrl: ISSUER,
    kubeletObjectId: KUBELET,
    nodeResourceGroup: 'MC_rg_aks_canadacentral',
    kubernetesVersion: '1.34.2',
    nodeCount: 3,
    fqdn: 'aks-rg.hcp.canadacentral.azmk8s.io',
  };

  it('stays as it is, and says what others need', async () => {
    present();
    expect(await apply()).toEqual({ kind: 'done', value: VALUE, change: 'unchanged', resourceId: CLUSTER });
    expect(await inspect()).toEqual({ action: 'unchanged', changes: [], resourceId: CLUSTER, value: VALUE });
    expect(azure.routes).toEqual([GET, GET]);
  });

  it('may leave out what only informs', async () => {
    const pool = { ...POOL, count: undefined, enableAutoScaling: true };
    const missing = { fqdn: undefined, nodeResourceGroup: undefined, currentKubernetesVersion: undefined };
    present({ ...missing, kubernetesVersion: undefined, agentPoolProfiles: [pool] });
    expect(await inspect()).toMatchObject({
      action: 'unchanged',
      value: { ...VALUE, fqdn: '', nodeResourceGroup: '', kubernetesVersion: '', nodeCount: 1 },
    });
    present({ currentKubernetesVersion: undefined });
    expect(await inspect()).toMatchObject({ value: { kubernetesVersion: '1.34' } });
  });

  it.each([
    ['its own', { type: 'SystemAssigned', principalId: CONTROL_PLANE }],
    [
      'one that was assigned',
      { type: 'UserAssigned', userAssignedIdentities: { [IDENTITY]: { principalId: CONTROL_PLANE, clientId: 'c' } } },
    ],
  ])('names the identity of its control plane where that needs a role on a subnet: %s', async (_, identity) => {
    present({ agentPoolProfiles: [{ ...POOL, vnetSubnetID: SUBNET }] }, { identity });
    expect(await inspect({ existing: { subnetId: SUBNET } })).toMatchObject({
      action: 'unchanged',
      value: { ...VALUE, controlPlaneObjectId: CONTROL_PLANE },
    });
  });

  it.each([
    undefined,
    { type: 'None' },
    { type: 'UserAssigned', userAssignedIdentities: {} },
    { type: 'UserAssigned', userAssignedIdentities: { [IDENTITY]: {} } },
  ])('is of no use for a subnet when it shows no identity of its control plane: %j', async (identity) => {
    present({ agentPoolProfiles: [{ ...POOL, vnetSubnetID: SUBNET }] }, { identity });
    expect(await apply({ existing: { subnetId: SUBNET } })).toMatchObject({
      kind: 'failed',
      error: { code: 'ClusterIncomplete', message: `${CLUSTER} shows no identity of its control plane.` },
    });
  });

  it.each([
    ['OIDC issuer', { oidcIssuerProfile: { enabled: true } }],
    ['OIDC issuer', { oidcIssuerProfile: undefined }],
    ['kubelet identity', { identityProfile: undefined }],
    ['kubelet identity', { identityProfile: {} }],
    ['kubelet identity', { identityProfile: { kubeletidentity: {} } }],
  ])('is incomplete without its %s: %j', async (missing, properties) => {
    present(properties);
    // The OIDC issuer may have been switched on by this very run.
    expect(await apply({}, JSON.stringify({ sent: 'updated' }))).toMatchObject({
      kind: 'failed',
      error: { code: 'ClusterIncomplete', message: `${CLUSTER} shows no ${missing}.` },
    });
  });
});

describe('what differs', () => {
  const difference = async (body: object, properties: object, rest: object = {}) => {
    present(properties, rest);
    const { action, changes } = await inspect(body);
    expect(action).toBe(changes.length > 0 ? 'update' : 'unchanged');
    return changes;
  };

  const pool = (parts: object) => ({ agentPoolProfiles: [{ ...POOL, ...parts }] });
  const upgrades = (parts: object) => ({
    autoUpgradeProfile: { upgradeChannel: 'stable', nodeOSUpgradeChannel: 'NodeImage', ...parts },
  });

  it.each([
    ['the tier', { cluster: { tier: 'Free' } }, {}, ['cluster.tier', 'Standard', 'Free']],
    ['the number of nodes', {}, pool({ count: 2 }), ['cluster.nodeCount', '2', '3']],
    [
      'the channel of upgrades',
      {},
      upgrades({ upgradeChannel: 'rapid' }),
      ['cluster.autoUpgradeChannel', 'rapid', 'stable'],
    ],
    [
      'no channel of upgrades',
      {},
      upgrades({ upgradeChannel: undefined }),
      ['cluster.autoUpgradeChannel', 'none', 'stable'],
    ],
    [
      'the channel of node images',
      {},
      upgrades({ nodeOSUpgradeChannel: 'None' }),
      ['cluster.nodeOsUpgradeChannel', 'None', 'NodeImage'],
    ],
    [
      'the OIDC issuer',
      {},
      { oidcIssuerProfile: { issuerURL: ISSUER } },
      ['oidcIssuerProfile.enabled', 'not set', 'true'],
    ],
    [
      'workload identity',
      {},
      { securityProfile: { workloadIdentity: { enabled: false } } },
      ['securityProfile.workloadIdentity.enabled', 'false', 'true'],
    ],
    [
      'no security profile',
      {},
      { securityProfile: undefined },
      ['securityProfile.workloadIdentity.enabled', 'not set', 'true'],
    ],
    ['an empty one', {}, { securityProfile: {} }, ['securityProfile.workloadIdentity.enabled', 'not set', 'true']],
    [
      'the blob driver',
      {},
      { storageProfile: { blobCSIDriver: { enabled: false } } },
      ['storageProfile.blobCSIDriver.enabled', 'false', 'true'],
    ],
    [
      'no storage profile',
      {},
      { storageProfile: undefined },
      ['storageProfile.blobCSIDriver.enabled', 'not set', 'true'],
    ],
    ['an empty one', {}, { storageProfile: {} }, ['storageProfile.blobCSIDriver.enabled', 'not set', 'true']],
  ])('is %s', async (_, body, properties, [property, from, to]) => {
    expect(await difference(body, properties)).toEqual([{ property, from, to }]);
  });

  it('is both channels where the cluster shows none', async () => {
    expect(await difference({}, { autoUpgradeProfile: undefined })).toEqual([
      { property: 'cluster.autoUpgradeChannel', from: 'none', to: 'stable' },
      { property: 'cluster.nodeOsUpgradeChannel', from: 'not set', to: 'NodeImage' },
    ]);
  });

  it('is the tier of a cluster that shows none, and a tag', async () => {
    expect(await difference({}, {}, { sku: undefined, tags: { team: 'web', other: 'x' } })).toEqual([
      { property: 'cluster.tier', from: 'not set', to: 'Standard' },
      { property: 'tags.team', from: 'web', to: 'data' },
    ]);
  });

  it('is not the number of nodes of a pool that scales by itself', async () => {
    expect(await difference({}, pool({ count: 7, enableAutoScaling: true }))).toEqual([]);
  });

  it('is not the channel "none" of a cluster without channel', async () => {
    const body = { cluster: { autoUpgradeChannel: 'none' } };
    expect(await difference(body, upgrades({ upgradeChannel: undefined }))).toEqual([]);
  });

  it('is a key, shown by its fingerprint; not for nodes that have none', async () => {
    const linuxProfile = { adminUsername: 'azureuser', ssh: { publicKeys: [{ keyData: 'ssh-rsa BBBB other' }] } };
    expect(await difference({}, { linuxProfile })).toEqual([
      {
        property: 'cluster.sshPublicKey',
        from: 'SHA256:CcCKY/wrEaUM+I629sBixyeWSgyCiAj+RsdArzoziXo',
        to: 'SHA256:cJ6AyISHokEeHuTfufIqhhSS0gxHZRUMDHlKvXD4FHw',
      },
    ]);
    expect(await difference({}, { linuxProfile: undefined })).toEqual([]);
    expect(await difference({ profile: 'hardened' }, { ...HARDENED, linuxProfile })).toEqual([]);
  });

  it.each([
    ['1.33', '1.34.2', undefined],
    ['1.34', '1.34.0', undefined],
    ['1.34.2', '1.34.2', undefined],
    ['1.34.1', '1.34.2', undefined],
    ['1.9.9', '1.34.2', undefined],
    ['1.99', '2.0.1', undefined],
    ['1.34.3', '1.34.2', '1.34.2'],
    ['1.35', '1.34.2', '1.34.2'],
    ['2.0', '1.34.2', '1.34.2'],
    ['1.34.1', '1.34', '1.34'],
    ['1.34', undefined, 'not set'],
  ])('for %s at a cluster with %s is the version from %s', async (kubernetesVersion, current, from) => {
    const properties = { kubernetesVersion: undefined, currentKubernetesVersion: current };
    expect(await difference({ cluster: { kubernetesVersion } }, properties)).toEqual(
      from === undefined ? [] : [{ property: 'cluster.kubernetesVersion', from, to: kubernetesVersion }],
    );
  });

  it('is what the profile hardened changes, before it the integration with Entra ID', async () => {
    expect(await difference({ profile: 'hardened' }, { linuxProfile: undefined })).toEqual([
      { property: 'aadProfile.managed', from: 'not set', to: 'true' },
      { property: 'aadProfile.enableAzureRBAC', from: 'not set', to: 'true' },
      { property: 'disableLocalAccounts', from: 'not set', to: 'true' },
      { property: 'apiServerAccessProfile.authorizedIPRanges', from: 'not set', to: '0.0.0.0/32' },
    ]);
    expect(await difference({ profile: 'hardened' }, HARDENED)).toEqual([]);
  });

  it('is who is let in', async () => {
    const wanted = {
      authorizedIpRanges: ['203.0.113.0/24', '198.51.100.7/32'],
      adminGroupObjectIds: [GROUP_B, GROUP_A],
    };
    expect(await difference({ profile: 'hardened', cluster: wanted }, HARDENED)).toEqual([
      { property: 'cluster.adminGroupObjectIds', from: 'not set', to: `${GROUP_A}, ${GROUP_B}` },
      {
        property: 'apiServerAccessProfile.authorizedIPRanges',
        from: '0.0.0.0/32',
        to: '198.51.100.7/32, 203.0.113.0/24',
      },
    ]);
    const without = { ...HARDENED, aadProfile: undefined };
    expect(await difference({ profile: 'hardened', cluster: wanted }, without)).toMatchObject([
      { property: 'aadProfile.managed' },
      { property: 'aadProfile.enableAzureRBAC' },
      { property: 'cluster.adminGroupObjectIds', from: 'not set' },
      {},
    ]);
    const asWanted = {
      ...HARDENED,
      aadProfile: { ...HARDENED.aadProfile, adminGroupObjectIDs: [GROUP_B, GROUP_A] },
      apiServerAccessProfile: { authorizedIPRanges: ['198.51.100.7/32', '203.0.113.0/24'] },
    };
    expect(await difference({ profile: 'hardened', cluster: wanted }, asWanted)).toEqual([]);
  });

  it('is the size of the nodes too, which cannot be changed', async () => {
    const properties = pool({ vmSize: 'Standard_D2s_v5' });
    expect(await difference({}, properties)).toEqual([
      { property: 'cluster.nodeVmSize', from: 'Standard_D2s_v5', to: 'Standard_DS4_v2' },
    ]);
    expect(await apply()).toMatchObject({ kind: 'failed', error: { code: 'ImmutableDifference' } });
  });
});

const GROUP_A = '33333333-0000-4000-8000-00000000000a';
const GROUP_B = '33333333-0000-4000-8000-00000000000b';
const HARDENED = {
  linuxProfile: undefined,
  disableLocalAccounts: true,
  aadProfile: { managed: true, enableAzureRBAC: true, tenantID: 'tenant' },
  apiServerAccessProfile: { authorizedIPRanges: ['0.0.0.0/32'], enablePrivateCluster: false },
};

describe('an update', () => {
  const update = async (body: object, properties: object, rest: object = {}) => {
    present(properties, rest);
    azure.on(PUT, { body: aCluster({ provisioningState: 'Updating' }), headers: operationHeaders('put') });
    const result = await apply(body);
    return { result, ...azure.request(PUT) };
  };

  it('sends the cluster as it is, with what the request names on top', async () => {
    const other = { ...POOL, name: 'batch', mode: 'User', count: 9 };
    const properties = {
      agentPoolProfiles: [other, { ...POOL, count: 2, maxPods: 50 }],
      securityProfile: { workloadIdentity: { enabled: false }, imageCleaner: { enabled: true, intervalHours: 48 } },
      storageProfile: { diskCSIDriver: { enabled: true } },
      oidcIssuerProfile: { enabled: true, issuerURL: ISSUER },
      autoUpgradeProfile: { upgradeChannel: 'none', nodeOSUpgradeChannel: 'None' },
    };
    const rest = { tags: { other: 'x', team: 'web' }, sku: { name: 'Base', tier: 'Free' } };
    const { result, body, headers } = await update({}, properties, rest);
    expect(result).toEqual({
      kind: 'wait',
      requeueAfterSeconds: 198,
      checkpoint: JSON.stringify({
        sent: 'updated',
        changed: [
          'cluster.tier',
          'cluster.nodeCount',
          'cluster.autoUpgradeChannel',
          'cluster.nodeOsUpgradeChannel',
          'securityProfile.workloadIdentity.enabled',
          'storageProfile.blobCSIDriver.enabled',
          'tags.team',
        ],
        operation: { url: operationUrl('put'), kind: 'status' },
      }),
      resourceId: CLUSTER,
      wrote: true,
    });
    expect(headers['if-none-match']).toBeUndefined();
    expect(body).toMatchObject({
      location: 'canadacentral',
      tags: { other: 'x', team: 'data' },
      sku: { name: 'Base', tier: 'Standard' },
      identity: { type: 'SystemAssigned' },
      properties: {
        kubernetesVersion: '1.34',
        linuxProfile: { adminUsername: 'azureuser', ssh: { publicKeys: [{ keyData: NODES_KEY }] } },
        networkProfile: { networkPlugin: 'azure', serviceCidr: '10.1.0.0/16' },
        oidcIssuerProfile: { enabled: true },
        securityProfile: { workloadIdentity: { enabled: true }, imageCleaner: { enabled: true, intervalHours: 48 } },
        storageProfile: { diskCSIDriver: { enabled: true }, blobCSIDriver: { enabled: true } },
        autoUpgradeProfile: { upgradeChannel: 'stable', nodeOSUpgradeChannel: 'NodeImage' },
      },
    });
    expect(body).toHaveProperty('properties.agentPoolProfiles', [other, { ...POOL, count: 3, maxPods: 50 }]);
    expect(body).not.toHaveProperty('properties.aadProfile');
    expect(body).not.toHaveProperty('properties.disableLocalAccounts');
  });

  it('leaves the number of nodes to a pool that scales by itself', async () => {
    const pool = { ...POOL, count: 7, enableAutoScaling: true, minCount: 3, maxCount: 9 };
    const { body } = await update({}, { agentPoolProfiles: [pool] }, { tags: {} });
    expect(body).toHaveProperty('properties.agentPoolProfiles', [pool]);
  });

  it('raises the version of the cluster and its first pool, when the request asks for a later one', async () => {
    const other = { ...POOL, name: 'batch', mode: 'User' };
    const { body } = await update({ cluster: { kubernetesVersion: '1.35' } }, { agentPoolProfiles: [POOL, other] });
    expect(body).toHaveProperty('properties.kubernetesVersion', '1.35');
    expect(body).toHaveProperty('properties.agentPoolProfiles', [{ ...POOL, orchestratorVersion: '1.35' }, other]);
  });

  it('keeps a version that is later than the one of the request', async () => {
    const { body } = await update({ cluster: { kubernetesVersion: '1.33' } }, {}, { tags: {} });
    expect(body).toHaveProperty('properties.kubernetesVersion', '1.34');
    expect(body).toHaveProperty('properties.agentPoolProfiles', [POOL]);
  });

  it('puts another key onto the nodes', async () => {
    const linuxProfile = { adminUsername: 'root', ssh: { publicKeys: [{ keyData: 'ssh-rsa BBBB other' }] } };
    const { body } = await update({}, { linuxProfile });
    expect(body).toHaveProperty('properties.linuxProfile', {
      adminUsername: 'root',
      ssh: { publicKeys: [{ keyData: NODES_KEY }] },
    });
  });

  it('keeps the keys of nodes whose first one is wanted', async () => {
    const keys = [{ keyData: `${NODES_KEY}\n` }, { keyData: 'ssh-rsa CCCC second' }];
    const linuxProfile = { adminUsername: 'azureuser', ssh: { publicKeys: keys } };
    const { body } = await update({}, { linuxProfile }, { tags: {} });
    expect(body).toHaveProperty('properties.linuxProfile', linuxProfile);
  });

  it('gives no key to nodes that have none', async () => {
    const { body } = await update({}, { linuxProfile: undefined }, { tags: {} });
    expect(body).not.toHaveProperty('properties.linuxProfile');
  });

  it('keeps the key where the request has none', async () => {
    const linuxProfile = { adminUsername: 'azureuser', ssh: { publicKeys: [{ keyData: NODES_KEY }] } };
    const { body } = await update({ profile: 'hardened' }, { linuxProfile });
    expect(body).toHaveProperty('properties.linuxProfile', linuxProfile);
  });

  it('hardens, and keeps what an operator has set', async () => {
    const properties = {
      aadProfile: { managed: false, tenantID: 'tenant', adminGroupObjectIDs: [GROUP_A] },
      apiServerAccessProfile: { enablePrivateCluster: false, authorizedIPRanges: ['203.0.113.0/24'] },
    };
    const { body } = await update({ profile: 'hardened' }, properties);
    expect(body).toMatchObject({ properties: { disableLocalAccounts: true } });
    expect(body).toHaveProperty('properties.aadProfile', {
      managed: true,
      enableAzureRBAC: true,
      tenantID: 'tenant',
      adminGroupObjectIDs: [GROUP_A],
    });
    expect(body).toHaveProperty('properties.apiServerAccessProfile', {
      enablePrivateCluster: false,
      authorizedIPRanges: ['203.0.113.0/24'],
    });
  });

  it('repairs a cluster in a failed state with all of it', async () => {
    const { result, body, headers } = await update({}, { provisioningState: 'Failed' });
    expect(result).toMatchObject({
      kind: 'wait',
      checkpoint: JSON.stringify({
        sent: 'repaired',
        changed: ['provisioningState'],
        operation: { url: operationUrl('put'), kind: 'status' },
      }),
    });
    expect(headers['if-none-match']).toBeUndefined();
    expect(body).toHaveProperty('properties.networkProfile.serviceCidr', '10.1.0.0/16');
  });
});

describe('a note', () => {
  it('warns of certificates that stay in use when local accounts are switched off', async () => {
    present({ ...HARDENED, disableLocalAccounts: false });
    expect((await inspect({ profile: 'hardened' })).note).toMatch(/^Kubeconfigs of local accounts .* keep working/);
    present({ ...HARDENED, apiServerAccessProfile: undefined });
    expect((await inspect({ profile: 'hardened' })).note).toBeUndefined();
  });

  it('says that a hardened cluster stays so for a request of the tutorial', async () => {
    present({ disableLocalAccounts: true });
    expect((await inspect()).note).toBe('It is hardened and stays so: disableLocalAccounts true.');
    present({ disableLocalAccounts: false });
    expect((await inspect()).note).toBeUndefined();
  });
});
