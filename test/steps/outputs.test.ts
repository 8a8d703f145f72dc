import { describe, expect, it } from 'vitest';
import { outputsOf } from '../../src/status/outputs.ts';
import { SUBSCRIPTION } from '../support/a-deployment.ts';
import { aLocatedDeployment, TENANT } from '../support/a-located-deployment.ts';
import { STEP_VALUES } from '../support/step-values.ts';

const TUTORIAL = {
  MY_LOCATION: 'canadacentral',
  MY_RESOURCE_GROUP_NAME: 'rg',
  MY_IDENTITY_NAME: 'airflow-identity-123',
  MY_IDENTITY_NAME_ID: '/identity',
  MY_IDENTITY_NAME_PRINCIPAL_ID: 'principal',
  MY_IDENTITY_NAME_CLIENT_ID: 'client',
  MY_KEYVAULT_NAME: 'airflow-kv',
  KEYVAULTID: '/vault',
  KEYVAULTURL: 'https://airflow-kv.vault.azure.net/',
  MY_ACR_REGISTRY: 'airflowacr',
  MY_ACR_REGISTRY_ID: '/registry',
  MY_ACR_LOGIN_SERVER: 'airflowacr.azurecr.io',
  AKS_AIRFLOW_LOGS_STORAGE_ACCOUNT_NAME: 'airflowlogs',
  AKS_AIRFLOW_LOGS_STORAGE_CONTAINER_NAME: 'airflow-logs',
  AKS_AIRFLOW_LOGS_STORAGE_SECRET_NAME: 'storage-account-credentials',
  MY_CLUSTER_NAME: 'apache-airflow-aks',
  OIDC_URL: 'https://issuer.example/',
  KUBELET_IDENTITY: 'kubelet',
  SERVICE_ACCOUNT_NAME: 'airflow',
  SERVICE_ACCOUNT_NAMESPACE: 'airflow',
  AKS_AIRFLOW_NAMESPACE: 'airflow',
  AKS_AIRFLOW_CLUSTER_NAME: 'cluster-aks-airflow',
  TENANT_ID: TENANT,
  SUBSCRIPTION_ID: SUBSCRIPTION,
};

describe('a deployment that succeeded gives', () => {
  it("the tutorial's variables", () => {
    expect(outputsOf(aLocatedDeployment(), STEP_VALUES)).toEqual(TUTORIAL);
  });

  it('the same where it keeps no keys', () => {
    expect(outputsOf(aLocatedDeployment({ profile: 'hardened' }), STEP_VALUES)).toEqual(TUTORIAL);
  });

  it('the digests of the images that were imported by them', () => {
    const digest = `sha256:${'a'.repeat(64)}`;
    const imported = { source: 'quay.io/prometheus/statsd-exporter:v1', image: 'statsd:v1', digest };
    const values = new Map([...STEP_VALUES, ['image:statsd:v1', imported]]);
    expect(outputsOf(aLocatedDeployment({ profile: 'hardened' }), values)).toEqual({
      ...TUTORIAL,
      IMAGE_STATSD_V1: `airflowacr.azurecr.io/statsd@${digest}`,
    });
  });

  it('nothing of images when it has none', () => {
    const values = new Map([...STEP_VALUES].filter(([name]) => !name.startsWith('image')));
    expect(outputsOf(aLocatedDeployment({ images: [] }), values)).toEqual(TUTORIAL);
  });
});
