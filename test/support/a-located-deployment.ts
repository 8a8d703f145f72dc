import type { LocatedDeployment } from '../../src/steps/step.ts';
import { aDeployment, SUBSCRIPTION } from './a-deployment.ts';
import { SCRIPTED_TENANT_ID } from './scripted-azure.ts';

/** The tenant of {@link aLocatedDeployment}. */
export const TENANT = SCRIPTED_TENANT_ID;

const NAMES = {
  resourceGroupName: 'rg',
  keyVaultName: 'airflow-kv',
  registryName: 'airflowacr',
  storageAccountName: 'airflowlogs',
  images: [{ source: 'quay.io/prometheus/statsd-exporter:v1', image: 'statsd:v1' }],
};

/** What the service makes of a POST whose names are short ones: by default a tutorial's deployment with one image. */
export const aLocatedDeployment = (body: object = {}): LocatedDeployment => ({
  ...aDeployment({ ...NAMES, ...body }),
  tenantId: TENANT,
});

/** The ids of what the deployment's own group holds begin with this. */
export const GROUP = `/subscriptions/${SUBSCRIPTION}/resourceGroups/rg`;

const OTHER_SUBSCRIPTION = '99999999-2222-4333-8444-555555555555';
const THEIR_GROUP = `/subscriptions/${OTHER_SUBSCRIPTION}/resourceGroups/theirs`;

/** What somebody else keeps, in another subscription. */
export const THEIRS = {
  subscriptionId: OTHER_SUBSCRIPTION,
  resourceGroupName: 'theirs',
  registryId: `${THEIR_GROUP}/providers/Microsoft.ContainerRegistry/registries/theiracr`,
  keyVaultId: `${THEIR_GROUP}/providers/Microsoft.KeyVault/vaults/their-kv`,
  subnetId: `${THEIR_GROUP}/providers/Microsoft.Network/virtualNetworks/net/subnets/nodes`,
};

/** A body that names all of {@link THEIRS}. */
export const WITH_THEIRS = {
  registryName: undefined,
  keyVaultName: undefined,
  existing: { registryId: THEIRS.registryId, keyVaultId: THEIRS.keyVaultId, subnetId: THEIRS.subnetId },
};
