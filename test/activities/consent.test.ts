import { describe, expect, it } from 'vitest';
import { implementationOf } from '../../src/activities/implementation-of.ts';
import { allSteps } from '../../src/steps/all-steps.ts';
import { SUBSCRIPTION } from '../support/a-deployment.ts';
import { GROUP } from '../support/a-located-deployment.ts';
import { callActivity, deploymentAir, stepInput } from '../support/call-activity.ts';
import { azureError, NOT_FOUND, type Script, useScriptedAzure } from '../support/scripted-azure.ts';
import { aCluster, CLUSTER, CONTROL_PLANE, KUBELET } from './a-cluster.ts';

const azure = useScriptedAzure();

const VAULT = `${GROUP}/providers/Microsoft.KeyVault/vaults/kvair`;
const REGISTRY = `${GROUP}/providers/Microsoft.ContainerRegistry/registries/regair`;
const ACCOUNT = `${GROUP}/providers/Microsoft.Storage/storageAccounts/stair`;
const IDENTITY = `${GROUP}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/idair`;
const NETWORK = `${GROUP.replace('/rg', '/net')}/providers/Microsoft.Network/virtualNetworks/v`;
const SUBNET = `${NETWORK}/subnets/nodes`;
const DELETED = `/subscriptions/${SUBSCRIPTION}/providers/Microsoft.KeyVault/locations/canadacentral/deletedVaults/kvair`;
const POD = '22222222-0000-4000-8000-000000000003';

const place = { location: 'canadacentral' };
const bodies = new Map<string, object>([
  [GROUP, place],
  [VAULT, { ...place, properties: { tenantId: 't', sku: { family: 'A', name: 'standard' }, vaultUri: 'https://v/' } }],
  [REGISTRY, { ...place, sku: { name: 'Premium' }, properties: { loginServer: 'regair.azurecr.io' } }],
  [ACCOUNT, { ...place, kind: 'StorageV2', sku: { name: 'Standard_ZRS' }, properties: {} }],
  [IDENTITY, { ...place, properties: { principalId: POD, clientId: 'c' } }],
  [CLUSTER, aCluster()],
  [NETWORK, place],
]);

const VALUES = {
  identity: { id: IDENTITY, principalId: POD, clientId: 'c' },
  'key-vault': { id: VAULT, uri: 'https://v/' },
  'ssh-key': { publicKey: 'ssh-rsa AAAA nodes' },
  registry: { id: REGISTRY, loginServer: 'regair.azurecr.io' },
  storage: { id: ACCOUNT },
  cluster: {
    id: CLUSTER,
    oidcIssuerUrl: 'https://issuer/',
    kubeletObjectId: KUBELET,
    nodeResourceGroup: 'MC_rg',
    kubernetesVersion: '1.34',
    nodeCount: 3,
    fqdn: 'f',
    controlPlaneObjectId: CONTROL_PLANE,
  },
};

const IMAGE = { images: [{ source: 'quay.io/a/airflow:2.9.3', image: 'airflow:2.9.3' }] };
const IN_SUBNET = { existing: { subnetId: SUBNET } };
const HARDENED = { profile: 'hardened' };
const OWN_FAILED = { properties: { provisioningState: 'Failed' } };

/** Something that a step does to a resource. */
interface Deed {
  readonly what: string;
  readonly step: (typeof allSteps)[number]['name'];
  /** The resource whose owner is asked. */
  readonly of: string;
  readonly body?: object;
  /** What does not exist yet. */
  readonly absent?: readonly string[];
  /** Of the resource in question, in place of what it is otherwise. */
  readonly parts?: object;
  /** What is asked besides, and what is answered. */
  readonly more?: Readonly<Record<string, Script>>;
  /** The requests that must not be sent without consent. */
  readonly writes: readonly string[];
}

const REFUSED = azureError(400, 'WroteIt');
const created = (step: Deed['step'], id: string, more: Partial<Deed> = {}): Deed => ({
  what: `${step} is created in a resource group`,
  step,
  of: GROUP,
  absent: [id],
  writes: [`PUT ${id}`],
  ...more,
});
const changed = (step: Deed['step'], id: string, write = `PATCH ${id}`): Deed => ({
  what: `${step} gets tags`,
  step,
  of: id,
  writes: [write],
});
const repaired = (step: Deed['step'], id: string): Deed => ({
  what: `${step} is repaired`,
  step,
  of: id,
  parts: OWN_FAILED,
  writes: [`PUT ${id}`],
});
const secret = (name: string) => `${VAULT}/secrets/${name}`;
const SSH = secret('aks-ssh-private-key');
const NAME = secret('AKS-AIRFLOW-LOGS-STORAGE-ACCOUNT-NAME');
const KEY = secret('AKS-AIRFLOW-LOGS-STORAGE-ACCOUNT-KEY');
const CONTAINER = `${ACCOUNT}/blobServices/default/containers/airflow-logs`;
const CREDENTIAL = `${IDENTITY}/federatedIdentityCredentials/external-secret-operator`;
const noSecrets = { [`GET ${NAME}`]: NOT_FOUND, [`GET ${KEY}`]: NOT_FOUND };
const roles = (scope: string) => ({
  [`GET ${scope}/providers/Microsoft.Authorization/roleAssignments`]: { body: { value: [] } },
});
const of = (...ids: readonly string[]) => ids;

const eachOf = (ids: readonly string[], deed: Omit<Deed, 'of'>): Deed[] =>
  ids.map((id) => ({ ...deed, of: id, what: `${deed.what}, of ${id.split('/').slice(-2).join('/')}` }));

const deeds: readonly Deed[] = [
  changed('resource-group', GROUP),
  created('identity', IDENTITY),
  created('key-vault', VAULT),
  created('registry', REGISTRY),
  created('storage', ACCOUNT),
  created('cluster', CLUSTER),
  created('cluster', CLUSTER, { what: 'the nodes join a subnet', of: NETWORK, body: IN_SUBNET }),
  changed('identity', IDENTITY),
  changed('key-vault', VAULT, `PUT ${VAULT}/accessPolicies/add`),
  changed('registry', REGISTRY),
  changed('storage', ACCOUNT),
  changed('cluster', CLUSTER, `PUT ${CLUSTER}`),
  repaired('key-vault', VAULT),
  repaired('registry', REGISTRY),
  repaired('storage', ACCOUNT),
  repaired('cluster', CLUSTER),
  {
    what: 'the SSH key is put into a vault',
    step: 'ssh-key',
    of: VAULT,
    absent: [CLUSTER],
    more: { [`GET ${SSH}`]: NOT_FOUND },
    writes: [`PUT ${SSH}`],
  },
  ...eachOf(of(VAULT, ACCOUNT), {
    what: 'the key of an account is put into a vault',
    step: 'secrets',
    more: noSecrets,
    writes: [`PUT ${NAME}`, `POST ${ACCOUNT}/listKeys`, `PUT ${KEY}`],
  }),
  {
    what: 'a container is put into an account',
    step: 'container',
    of: ACCOUNT,
    body: { storageContainerName: 'airflow-logs' },
    more: { [`GET ${CONTAINER}`]: NOT_FOUND },
    writes: [`PUT ${CONTAINER}`],
  },
  {
    what: 'an image is put into a registry',
    step: 'image',
    of: REGISTRY,
    body: IMAGE,
    more: {
      'POST https://regair.azurecr.io/oauth2/exchange': { body: { refresh_token: 'refresh' } },
      'POST https://regair.azurecr.io/oauth2/token': { body: { access_token: 'access' } },
      'HEAD https://regair.azurecr.io/v2/airflow/manifests/2.9.3': 404,
    },
    writes: [`POST ${REGISTRY}/importImage`],
  },
  ...eachOf(of(ACCOUNT, IDENTITY), {
    what: 'the identity may use the logs',
    step: 'logs-access',
    body: HARDENED,
    more: roles(ACCOUNT),
    writes: ['PUT role'],
  }),
  ...eachOf(of(REGISTRY, CLUSTER), {
    what: 'the nodes may pull',
    step: 'acr-pull',
    more: roles(REGISTRY),
    writes: ['PUT role'],
  }),
  ...eachOf(of(NETWORK, CLUSTER), {
    what: 'the control plane may use the subnet',
    step: 'network-access',
    body: IN_SUBNET,
    more: roles(SUBNET),
    writes: ['PUT role'],
  }),
  ...eachOf(of(VAULT, IDENTITY), {
    what: 'the identity gets a policy of the vault',
    step: 'vault-access',
    writes: [`PUT ${VAULT}/accessPolicies/add`],
  }),
  ...eachOf(of(VAULT, IDENTITY), {
    what: 'the identity gets a role on the vault',
    step: 'vault-access',
    body: HARDENED,
    more: roles(VAULT),
    writes: ['PUT role'],
  }),
  ...eachOf(of(IDENTITY, CLUSTER), {
    what: 'the cluster signs in as the identity',
    step: 'federated-credential',
    more: { [`GET ${CREDENTIAL}`]: NOT_FOUND },
    writes: [`PUT ${CREDENTIAL}`],
  }),
  {
    what: 'the kubeconfig is read',
    step: 'connect',
    of: CLUSTER,
    writes: [`POST ${CLUSTER}/listClusterUserCredential`],
  },
];

const THEIR_TAGS = { owner: 'platform' };

/** Scripts Azure for a deed on a resource with these tags, and has the step carried out. */
const carryOut = async (
  { step: name, of: id, body = {}, absent = [], parts, more = {}, writes }: Deed,
  tags: object,
  needsConsent: boolean,
) => {
  for (const [each, answer] of bodies) {
    const owned = each === id ? tags : { 'airflow-on-aks-deployment': 'air' };
    const properties = each === id && parts ? { ...answer, ...parts } : answer;
    const merged = { ...properties, ...mergedProperties(answer, each === id ? parts : undefined) };
    azure.on(`GET ${each}`, absent.includes(each) ? NOT_FOUND : { body: { id: each, ...merged, tags: owned } });
  }
  azure.on(`GET ${DELETED}`, NOT_FOUND);
  for (const [route, script] of Object.entries(more)) azure.on(route, script);
  for (const write of writes) if (write !== 'PUT role') azure.on(write, REFUSED);
  const step = allSteps.find((each) => each.name === name);
  if (!step) throw new Error(`No step ${name}`);
  const deployment = { ...deploymentAir(body), ...(needsConsent && { needsConsent: true }) };
  const input = stepInput(step, deployment, VALUES);
  if (writes.includes('PUT role')) {
    const planned = await implementationOf(name).inspect(input);
    azure.on(`PUT ${planned.resourceId}`, REFUSED);
  }
  const before = azure.requests.length;
  const result = await callActivity(implementationOf(name).activity, input);
  const sent = azure.requests
    .slice(before)
    .filter(({ method, route }) => !/^(GET|HEAD)$/.test(method) && !/oauth2/.test(route));
  return { result, sent: sent.map(({ route }) => route) };
};

const mergedProperties = (answer: object, parts: object | undefined): object => {
  if (!parts) return {};
  const propertiesOf = (value: object): object =>
    Object(Object.entries(value).find(([key]) => key === 'properties')?.[1]);
  return { properties: { ...propertiesOf(answer), ...propertiesOf(parts) } };
};

describe.each(deeds)('$what ($step)', (deed) => {
  it.each([
    ['created by the deployment', { 'airflow-on-aks-deployment': 'air' }, true],
    ['by its tag in other letters', { 'Airflow-On-AKS-Deployment': 'air' }, true],
    ['with consent for it', { ...THEIR_TAGS, 'airflow-on-aks-allow': 'air' }, true],
    ['with consent for all', { ...THEIR_TAGS, 'Airflow-on-AKS-Allow': '*' }, true],
    ["somebody else's, with function keys or Deployments.All", THEIR_TAGS, false],
  ])('%s', async (_, tags, needsConsent) => {
    const { result, sent } = await carryOut(deed, tags, needsConsent);
    expect(sent.length).toBeGreaterThan(0);
    expect(JSON.stringify(result)).toContain('WroteIt');
  });

  it.each([
    ["somebody else's", THEIR_TAGS],
    ['without tags', undefined],
    ['with consent for another deployment', { 'airflow-on-aks-allow': 'other' }],
    ['of another deployment', { 'airflow-on-aks-deployment': 'other' }],
    ['with a value in other letters', { 'airflow-on-aks-allow': 'AIR' }],
    ['with consent in the value of another tag', { allow: '*', 'x-airflow-on-aks-allow': '*' }],
  ])('is refused: %s', async (_, tags) => {
    const { result, sent } = await carryOut(deed, Object(tags), true);
    expect(sent).toEqual([]);
    expect(result).toMatchObject({
      kind: 'failed',
      error: {
        code: 'NotConsented',
        class: 'permanent',
        message: `${deed.of} was not created by the deployment "air", and its owner has not consented to its use.`,
        remedy: expect.stringContaining(
          `az tag update --resource-id ${deed.of} --operation merge --tags airflow-on-aks-allow=air`,
        ),
      },
    });
  });
});
