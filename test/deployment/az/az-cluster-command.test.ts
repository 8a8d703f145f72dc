import { describe, expect, it } from 'vitest';
import { clusterCommand } from '../../../src/deployment/az/az-cluster-command.ts';
import { aDeployment } from '../../support/a-deployment.ts';
import { anSshPublicKey } from '../../support/an-ssh-public-key.ts';

const NAMES = { resourceGroupName: 'rg', registryName: 'airflowacr' };
const commandOf = (body: object) => clusterCommand(aDeployment({ ...NAMES, ...body }));

const BEGIN =
  'az aks create --location canadacentral --name apache-airflow-aks --tier standard --resource-group rg --network-plugin azure --node-vm-size Standard_DS4_v2 --node-count 3 --auto-upgrade-channel stable --node-os-upgrade-channel NodeImage --attach-acr airflowacr --enable-oidc-issuer --enable-blob-driver --enable-workload-identity';

describe('the command that creates the cluster', () => {
  it("is the tutorial's", () => {
    expect(commandOf({})).toBe(`${BEGIN} --zones 1 2 3 --generate-ssh-keys --output table`);
  });

  it('has the settings of the request', () => {
    const body = {
      location: 'westeurope',
      clusterName: 'aks',
      cluster: {
        tier: 'Premium',
        nodeVmSize: 'Standard_D8s_v5',
        nodeCount: 5,
        zones: ['2'],
        autoUpgradeChannel: 'rapid',
        nodeOsUpgradeChannel: 'None',
        kubernetesVersion: '1.34',
      },
      tags: { team: 'data & more' },
    };
    expect(commandOf(body)).toBe(
      "az aks create --location westeurope --name aks --tier premium --resource-group rg --network-plugin azure --node-vm-size Standard_D8s_v5 --node-count 5 --auto-upgrade-channel rapid --node-os-upgrade-channel None --attach-acr airflowacr --enable-oidc-issuer --enable-blob-driver --enable-workload-identity --zones 2 --kubernetes-version 1.34 --generate-ssh-keys --tags 'team=data & more' --output table",
    );
  });

  it('names no zones where the request wants none', () => {
    expect(commandOf({ cluster: { zones: [] } })).toBe(`${BEGIN} --generate-ssh-keys --output table`);
  });

  it('gives the nodes the key of the request', () => {
    const sshPublicKey = anSshPublicKey();
    const END = `--zones 1 2 3 --ssh-key-value '${sshPublicKey}'`;
    expect(commandOf({ cluster: { sshPublicKey } })).toBe(`${BEGIN} ${END} --output table`);
    expect(commandOf({ cluster: { sshPublicKey }, profile: 'hardened' })).toContain(` ${END} --enable-aad `);
  });

  it('is hardened, with the administrators and the addresses of the request', () => {
    const admins = ['aaaaaaaa-0000-4000-8000-000000000001', 'aaaaaaaa-0000-4000-8000-000000000002'];
    const authorizedIpRanges = ['198.51.100.0/24', '203.0.113.7/32'];
    const cluster = { adminGroupObjectIds: admins, authorizedIpRanges };
    expect(commandOf({ profile: 'hardened', cluster })).toBe(
      `${BEGIN} --zones 1 2 3 --no-ssh-key --enable-aad --enable-azure-rbac --aad-admin-group-object-ids ${admins.join(',')} --disable-local-accounts --api-server-authorized-ip-ranges 198.51.100.0/24,203.0.113.7/32 --output table`,
    );
    expect(commandOf({ profile: 'hardened' })).toBe(
      `${BEGIN} --zones 1 2 3 --no-ssh-key --enable-aad --enable-azure-rbac --disable-local-accounts --api-server-authorized-ip-ranges 0.0.0.0/32 --output table`,
    );
  });

  it('names what somebody else keeps', () => {
    const group = '/subscriptions/11111111-2222-4333-8444-555555555555/resourceGroups/theirs/providers';
    const registryId = `${group}/Microsoft.ContainerRegistry/registries/theiracr`;
    const subnetId = `${group}/Microsoft.Network/virtualNetworks/net/subnets/nodes`;
    const command = clusterCommand(aDeployment({ resourceGroupName: 'rg', existing: { registryId, subnetId } }));
    expect(command).toBe(
      `${BEGIN.replace('airflowacr', registryId)} --zones 1 2 3 --generate-ssh-keys --vnet-subnet-id ${subnetId} --output table`,
    );
  });
});
