import { beforeEach, describe, expect, it } from 'vitest';
import type { DeploymentDocument } from '../../local/world/deployment-document.ts';
import type { Plan } from '../../src/deployment/plan/plan.ts';
import { useWorld } from '../support/use-world.ts';

const AIRFLOW = { source: 'docker.io/apache/airflow:2.9.3', image: 'airflow:2.9.3' };
const BLOB_DATA_CONTRIBUTOR = 'ba92f5b4-2d11-453d-a403-e96b0029c9fe';
const SECRETS_USER = '4633458b-17de-408a-b874-0445c86b69e6';

let nextId = 0;
let id: string;

const world = useWorld();

/** Each test has a resource group of its own, since the task hub remembers the others. */
beforeEach(() => {
  world.azure.reset();
  id = `hardened-${nextId++}`;
});

const bodyOf = (body: object) => ({ resourceGroupName: id, images: [AIRFLOW], ...body });

const tutorial = (body: object = {}) => world.deploy(bodyOf(body));

const harden = (body: object = {}) => tutorial({ profile: 'hardened', ...body });

const plan = async (body: object = {}): Promise<Plan & { readonly commands: readonly string[] }> => {
  const response = await world.post(bodyOf({ profile: 'hardened', ...body }), '/api/plans?commands=az');
  const text = await response.text();
  if (response.status !== 200) throw new Error(`${response.status}: ${text}`);
  return JSON.parse(text);
};

const outputs = async (): Promise<Record<string, string>> =>
  JSON.parse(await (await world.fetch(`/api/deployments/${id}/outputs`)).text());

const propertiesOf = (type: string) => world.azure.the(type)?.properties;
const vault = () => propertiesOf('Microsoft.KeyVault/vaults');
const registry = () => propertiesOf('Microsoft.ContainerRegistry/registries');
const account = () => propertiesOf('Microsoft.Storage/storageAccounts');
const cluster = () => propertiesOf('Microsoft.ContainerService/managedClusters');

const changesOf = ({ steps }: DeploymentDocument) =>
  Object.fromEntries(steps.flatMap(({ name, changed }) => (changed ? [[name, changed]] : [])));

const noteOf = ({ steps }: Plan, step: string) => steps.find(({ name }) => name === step)?.note;

const digestOf = (image = AIRFLOW.image): unknown =>
  world.azure.simulator.resources().find(({ name, type }) => type.endsWith('/importedImages') && name === image)
    ?.properties?.digest;

describe('a hardened deployment', () => {
  it('makes everything so from the beginning, and the second POST changes nothing', async () => {
    const deployment = await harden();
    expect(deployment.error).toBeUndefined();
    expect(vault()).toMatchObject({ enableRbacAuthorization: true, enablePurgeProtection: true, accessPolicies: [] });
    expect(registry()).toMatchObject({ adminUserEnabled: false, anonymousPullEnabled: false });
    expect(account()).toMatchObject({ minimumTlsVersion: 'TLS1_2', allowSharedKeyAccess: false });
    expect(cluster()).toMatchObject({
      disableLocalAccounts: true,
      aadProfile: { managed: true, enableAzureRBAC: true },
      apiServerAccessProfile: { authorizedIPRanges: ['0.0.0.0/32'] },
      oidcIssuerProfile: { enabled: true },
      securityProfile: { workloadIdentity: { enabled: true } },
    });
    const again = await harden();
    expect(again.steps.filter(({ change }) => change !== 'unchanged')).toEqual([]);
  });

  it('reads no key of the storage account and keeps none, gets no kubeconfig and asks no API server', async () => {
    await harden();
    expect(world.azure.requests('POST', '/listKeys')).toEqual([]);
    expect(world.azure.requests('POST', 'Credential')).toEqual([]);
    expect(world.azure.requests('GET', '.azmk8s.io')).toEqual([]);
    expect(world.azure.requests('PUT', '/secrets/')).toEqual([]);
    expect(cluster()).not.toHaveProperty('linuxProfile');
  });

  it('gives the managed identity its roles on the logs and the vault, and the nodes theirs on the registry', async () => {
    await harden();
    const { MY_IDENTITY_NAME_PRINCIPAL_ID: identity, KUBELET_IDENTITY: kubelet } = await outputs();
    const given = world.azure.requests('PUT', '/roleAssignments/').map(({ url }, index) => {
      const { properties } = world.sent('PUT', '/roleAssignments/')[index] ?? {};
      const on = /\/(\w+)\/[^/]+\/providers\/Microsoft\.Authorization/.exec(url)?.[1];
      return [on, properties.roleDefinitionId.split('/').at(-1), properties.principalId];
    });
    expect(new Set(given.map(String))).toEqual(
      new Set([
        String(['storageAccounts', BLOB_DATA_CONTRIBUTOR, identity]),
        String(['vaults', SECRETS_USER, identity]),
        String(['registries', '7f951dda-4ed3-4680-a7ca-43fe172d538d', kubelet]),
      ]),
    );
  });

  it('imports images by the digests that their tags have, and says which', async () => {
    const deployment = await harden();
    const digest = digestOf();
    const [sent] = world.sent('POST', '/importImage');
    expect(sent?.source.sourceImage).toBe(`apache/airflow@${digest}`);
    expect(deployment.steps.find(({ name }) => name === 'image:airflow:2.9.3')).toMatchObject({ digest });
    const { MY_ACR_LOGIN_SERVER: server, IMAGE_AIRFLOW_2_9_3: image } = await outputs();
    expect(image).toBe(`${server}/airflow@${digest}`);
  });

  it('is reached by whom the request names', async () => {
    const groups = ['aaaaaaaa-0000-4000-8000-000000000001'];
    const ranges = ['203.0.113.7', '198.51.100.0/24'];
    await harden({ cluster: { authorizedIpRanges: ranges, adminGroupObjectIds: groups } });
    expect(cluster()).toMatchObject({
      aadProfile: { managed: true, enableAzureRBAC: true, adminGroupObjectIDs: groups },
      apiServerAccessProfile: { authorizedIPRanges: ['198.51.100.0/24', '203.0.113.7/32'] },
    });
    // Who asks for no ranges leaves those that are there.
    const again = await harden({ cluster: { adminGroupObjectIds: groups } });
    expect(changesOf(again)).toEqual({});
    const opened = await harden({ cluster: { authorizedIpRanges: ['203.0.113.9'], adminGroupObjectIds: groups } });
    expect(changesOf(opened)).toEqual({ cluster: ['apiServerAccessProfile.authorizedIPRanges'] });
  });

  it('gives a kubeconfig that holds no secret', async () => {
    await harden();
    const answer = await world.fetch(`/api/deployments/${id}/kubeconfig`, { method: 'POST' });
    const kubeconfig = await answer.text();
    expect(kubeconfig).toContain('command: kubelogin');
    expect(kubeconfig).not.toMatch(/token:|client-key-data/);
  });
});

describe('a deployment of the tutorial that is hardened later', () => {
  it('is changed in place, step by step as the plan says', async () => {
    await tutorial();
    const foreseen = await plan();
    expect(foreseen.summary).toMatchObject({ update: 4 });
    expect(noteOf(foreseen, 'key-vault')).toMatch(
      /access policies have no effect any more.*Purge protection cannot be switched off again/,
    );
    expect(noteOf(foreseen, 'cluster')).toContain('az aks rotate-certs');
    // The policy that lets the identity in is there, and counts no more.
    expect(foreseen.steps.find(({ name }) => name === 'vault-access')?.action).toBe('create');
    const planned = Object.fromEntries(
      foreseen.steps.flatMap(({ name, action, changes }) =>
        action === 'update' ? [[name, changes.map(({ property }) => property)]] : [],
      ),
    );
    const deployment = await harden();
    expect(deployment.error).toBeUndefined();
    expect(changesOf(deployment)).toEqual(planned);
    expect(planned).toEqual({
      'key-vault': ['enableRbacAuthorization', 'enablePurgeProtection'],
      registry: ['adminUserEnabled'],
      storage: ['minimumTlsVersion', 'allowSharedKeyAccess'],
      cluster: [
        'aadProfile.managed',
        'aadProfile.enableAzureRBAC',
        'disableLocalAccounts',
        'apiServerAccessProfile.authorizedIPRanges',
      ],
    });
    expect(vault()).toMatchObject({ enableRbacAuthorization: true, enablePurgeProtection: true });
    expect(account()).toMatchObject({ allowSharedKeyAccess: false });
    expect(cluster()).toMatchObject({ disableLocalAccounts: true });
    expect(deployment.warnings.join(' ')).toContain('Purge protection cannot be switched off again.');
    // The identity, which the policies let in, has the role now.
    expect(world.sent('PUT', '/vaults/').map(({ properties }) => properties?.roleDefinitionId)).toContainEqual(
      expect.stringContaining(SECRETS_USER),
    );
    expect((await plan()).summary).toMatchObject({ create: 0, update: 0 });
  });

  it('stays so when the tutorial is asked for again, and says it', async () => {
    await harden();
    const before = [vault(), registry(), account(), cluster()];
    const foreseen = await plan({ profile: 'tutorial' });
    expect(noteOf(foreseen, 'key-vault')).toContain('It is hardened and stays so: enableRbacAuthorization true');
    const deployment = await tutorial();
    expect(deployment.error).toBeUndefined();
    expect(changesOf(deployment)).toEqual({});
    expect([vault(), registry(), account(), cluster()]).toEqual(before);
    expect(world.azure.requests('PUT', '-ssh-private-key')).toEqual([]);
    for (const kept of ['enablePurgeProtection true', 'adminUserEnabled false', 'disableLocalAccounts true']) {
      expect(deployment.warnings.join(' ')).toContain(kept);
    }
  });

  it('takes the right to assign roles without a condition for the vault, and says so', async () => {
    await tutorial();
    await world.azure.giveRoles(['Contributor']);
    const deployment = await harden({ skipPreflight: true });
    expect(deployment.error).toMatchObject({
      step: 'key-vault',
      code: 'InsufficientPermissions',
      remedy: expect.stringContaining('az keyvault update --enable-rbac-authorization true'),
    });
  });
});

describe('a vault with RBAC', () => {
  const remove = async (query = ''): Promise<Response> =>
    world.fetch(`/api/deployments/${id}?confirm=${id}${query}`, { method: 'DELETE' });

  it('keeps the service out: a secret that somebody deleted is recovered by a person', async () => {
    await world.azure.fail({
      method: 'PUT',
      path: '/managedClusters/',
      action: { answer: { status: 400, code: 'BadRequest', message: 'No.' } },
    });
    expect((await tutorial()).error?.step).toBe('cluster');
    const secret = `${vault()?.vaultUri}secrets/apache-airflow-aks-ssh-private-key?api-version=7.5`;
    expect((await world.azure.somebodyElse('DELETE', secret)).status).toBe(200);
    const own = `https://management.azure.com${world.azure.the('Microsoft.KeyVault/vaults')?.id}`;
    const moved = { properties: { enableRbacAuthorization: true } };
    expect((await world.azure.somebodyElse('PATCH', `${own}?api-version=2026-02-01`, moved)).status).toBe(200);
    expect((await tutorial()).error).toMatchObject({
      step: 'ssh-key',
      code: 'Conflict',
      remedy: expect.stringContaining('az keyvault secret recover'),
    });
  });

  it('cannot be purged, survives the undo, and comes back hardened', async () => {
    await harden();
    const refused = await remove('&purge=true');
    expect(refused.status).toBe(400);
    expect(await refused.text()).toContain('purge must be left out: the vault');
    expect((await remove()).status).toBe(202);
    await world.undone(id);
    expect((await world.status(id)).status).toBe('Deleted');
    const again = await harden();
    expect(again.error).toBeUndefined();
    expect(changesOf(again)).toEqual({ 'key-vault': ['recovered'] });
    expect(vault()).toMatchObject({ enableRbacAuthorization: true, enablePurgeProtection: true });
  });

  it('comes back hardened for a request of the tutorial too, which sends nothing that would weaken it', async () => {
    await harden();
    await remove();
    await world.undone(id);
    expect((await tutorial()).error).toBeUndefined();
    expect(vault()).toMatchObject({ enableRbacAuthorization: true, enablePurgeProtection: true });
    const recovery = world.sent('PUT', '/vaults/').find((body) => JSON.stringify(body).includes('"recover"'));
    expect(JSON.stringify(recovery)).not.toMatch(/enableRbacAuthorization|accessPolicies|networkAcls/);
  });

  it('whose purge is asked for by a request of the tutorial stays too, and the failure says why', async () => {
    await harden();
    await tutorial();
    expect((await remove('&purge=true')).status).toBe(202);
    await world.undone(id);
    expect((await world.status(id)).error).toMatchObject({
      step: 'purge:key-vault',
      code: 'MethodNotAllowed',
      remedy: expect.stringContaining('purge protection'),
    });
  });
});

describe('an image of a hardened deployment', () => {
  it('whose tag moved after the plan makes the plan outdated', async () => {
    const { hash } = await plan();
    await world.azure.changeImages({ push: [AIRFLOW.source] });
    const refused = await world.post(bodyOf({ profile: 'hardened', planHash: hash }));
    expect(refused.status).toBe(409);
    expect(await refused.text()).toContain('"moved":["image"]');
  });

  it('stays at its digest when the tag moves later, unless the request names another digest', async () => {
    await harden();
    const first = digestOf();
    await world.azure.changeImages({ push: [AIRFLOW.source] });
    expect((await plan()).steps.find(({ name }) => name === 'image:airflow:2.9.3')?.action).toBe('unchanged');
    await harden();
    expect(digestOf()).toBe(first);

    const [, latest = ''] = / --source docker\.io\/apache\/airflow@(\S+) /.exec(await commandsElsewhere()) ?? [];
    const images = [{ ...AIRFLOW, source: `docker.io/apache/airflow@${latest}` }];
    const deployment = await harden({ images });
    expect(changesOf(deployment)).toEqual({ 'image:airflow:2.9.3': ['digest'] });
    expect(digestOf()).toBe(latest);
    expect(latest).not.toBe(first);
  });

  /** The commands of another deployment, which has to ask for the tag's digest. */
  const commandsElsewhere = async (): Promise<string> =>
    (await plan({ resourceGroupName: `${id}-other` })).commands.join('\n');

  it('that is not there fails before anything is changed', async () => {
    const images = [{ source: 'docker.io/apache/airflow:0.0.0', image: 'airflow:0' }];
    expect((await harden({ images })).findings).toMatchObject([{ rule: 'source-image-missing', severity: 'error' }]);
    const late = await harden({ images, skipPreflight: true });
    expect(late.error).toMatchObject({ step: 'image:airflow:0', code: 'SourceDigestUnknown' });
  });

  it('that only an account may pull has to be named by its digest', async () => {
    const registryCredentials = [
      {
        registry: 'docker.io',
        usernameSecretId: 'https://team-vault.vault.azure.net/secrets/user',
        passwordSecretId: 'https://team-vault.vault.azure.net/secrets/password',
      },
    ];
    await world.azure.changeImages({ addPrivate: ['docker.io/team/airflow:1'] });
    const images = [{ source: 'docker.io/team/airflow:1', image: 'airflow:1' }];
    const { findings } = await plan({ images, registryCredentials });
    expect(findings).toContainEqual(expect.objectContaining({ rule: 'source-digest-unknown', severity: 'error' }));
  });
});

describe('what somebody else keeps', () => {
  it('is not hardened, and the plan says what it lacks', async () => {
    const group = '/subscriptions/11111111-2222-4333-8444-555555555555/resourceGroups/platform';
    const registryId = `${group}/providers/Microsoft.ContainerRegistry/registries/teamregistry`;
    const arm = 'https://management.azure.com';
    await world.azure.somebodyElse('PUT', `${arm}${group}?api-version=2021-04-01`, { location: 'canadacentral' });
    await world.azure.somebodyElse('PUT', `${arm}${registryId}?api-version=2025-11-01`, {
      location: 'canadacentral',
      sku: { name: 'Standard' },
      properties: { adminUserEnabled: true },
    });
    await world.clock.sleep(120_000);
    const { findings, profileDifferences = [] } = await plan({ existing: { registryId } });
    expect(findings).toContainEqual(
      expect.objectContaining({
        rule: 'existing-not-hardened',
        message: `${registryId} stays as it is: adminUserEnabled is true, not false.`,
      }),
    );
    expect(profileDifferences.map(({ step }) => step)).not.toContain('registry');
    await harden({ existing: { registryId } });
    expect(registry()).toMatchObject({ adminUserEnabled: true });
  });
});

it('a plan lists every difference from the tutorial; that of the tutorial lists none', async () => {
  const { hardening } = await import('../../src/deployment/profile/hardening.ts');
  const { profileDifferences = [] } = await plan({ cluster: { authorizedIpRanges: ['203.0.113.7'] } });
  expect(profileDifferences.map(({ step, property }) => [step, property])).toEqual(
    hardening.map(({ step, property }) => [step, property]),
  );
  expect(profileDifferences.find(({ property }) => property.endsWith('authorizedIPRanges'))?.hardened).toBe(
    '203.0.113.7/32',
  );
  expect(await plan({ profile: 'tutorial' })).not.toHaveProperty('profileDifferences');
});

it('who may not assign roles learns so before anything is changed', async () => {
  await world.azure.giveRoles(['Contributor']);
  const { findings } = await plan();
  const [missing] = findings.filter(({ rule }) => rule === 'missing-permission');
  for (const step of ['acr-pull', 'vault-access', 'logs-access']) {
    expect(missing?.message).toContain(`Microsoft.Authorization/roleAssignments/write (${step})`);
  }
  expect(missing?.message).not.toMatch(/listKeys|listClusterUserCredential/);
});
