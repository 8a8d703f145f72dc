import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { decisionBodySchema } from '../../../src/deployment/request/decision-body.ts';
import { deploymentBodySchema, parseDeploymentRequest } from '../../../src/deployment/request/parse-request.ts';
import { anSshPublicKey } from '../../support/an-ssh-public-key.ts';

const parse = (body: unknown) => parseDeploymentRequest(body);

const errorsOf = (body: unknown): Record<string, string> => {
  const parsed = parse(body);
  return parsed.ok ? {} : Object.fromEntries(parsed.errors.map(({ field, message }) => [field, message]));
};

const GUID = 'aaaaaaaa-2222-4333-8444-555555555555';

const anImage = (index: number) => ({ source: `docker.io/a/b:${index}`, image: `b:${index}` });

const credentialsOf = (registry: string) => {
  const secret = 'https://team-vault.vault.azure.net/secrets/a';
  return { registry, usernameSecretId: secret, passwordSecretId: secret };
};

describe('the body of a POST', () => {
  it('may be empty: the tutorial is the default', () => {
    const parsed = parse({});
    expect(parsed.ok && parsed.request).toMatchObject({
      resourceGroupName: 'apache-airflow-rg',
      identityName: 'airflow-identity-123',
      storageContainerName: 'airflow-logs',
      storageSecretName: 'storage-account-credentials',
      clusterName: 'apache-airflow-aks',
      serviceAccountName: 'airflow',
      serviceAccountNamespace: 'airflow',
      airflowNamespace: 'airflow',
      airflowClusterName: 'cluster-aks-airflow',
      cluster: {
        tier: 'Standard',
        nodeVmSize: 'Standard_DS4_v2',
        nodeCount: 3,
        zones: ['1', '2', '3'],
        autoUpgradeChannel: 'stable',
        nodeOsUpgradeChannel: 'NodeImage',
      },
    });
    expect(parsed.ok && parsed.request.images).toHaveLength(6);
  });

  it('takes a location as the portal writes it', () => {
    const parsed = parse({ location: 'Canada Central' });
    expect(parsed.ok && parsed.request.location).toBe('canadacentral');
  });

  it.each([
    [{ id: 'Upper' }, 'id', 'must be 1 to 64 lower-case letters, digits or "-"'],
    [{ id: 'x'.repeat(65) }, 'id', 'must be 1 to 64 lower-case letters, digits or "-"'],
    [{ subscriptionId: 'mine' }, 'subscriptionId', 'must be a GUID such as 00000000-0000-0000-0000-000000000000'],
    [{ profile: 'paranoid' }, 'profile', 'must be tutorial or hardened'],
    [{ location: 'ca' }, 'location', 'must be an Azure location such as canadacentral'],
    [{ location: 'x'.repeat(51) }, 'location', 'must be an Azure location such as canadacentral'],
    [{ location: 'canada-central' }, 'location', 'must be an Azure location such as canadacentral'],
    [{ location: 'canadacentral!' }, 'location', 'must be an Azure location such as canadacentral'],
    [
      { resourceGroupName: 'ends.' },
      'resourceGroupName',
      'must be 1 to 90 letters, digits, "-", "_", "(", ")" or ".", not ending in "."',
    ],
    [
      { identityName: 'ab' },
      'identityName',
      'must be 3 to 128 letters, digits, "-" or "_", starting with a letter or digit',
    ],
    [
      { keyVaultName: 'a--b' },
      'keyVaultName',
      'must be 3 to 24 letters, digits or "-", starting with a letter, not ending in "-", without "--"',
    ],
    [{ registryName: 'my-registry' }, 'registryName', 'must be 5 to 50 letters or digits'],
    [{ storageAccountName: 'Upper' }, 'storageAccountName', 'must be 3 to 24 lower-case letters or digits'],
    [
      { storageContainerName: 'A' },
      'storageContainerName',
      'must be 3 to 63 lower-case letters, digits or "-", starting and ending with a letter or digit, without "--"',
    ],
    [
      { clusterName: '-x' },
      'clusterName',
      'must be 1 to 63 letters, digits, "-" or "_", starting and ending with a letter or digit',
    ],
    [
      { airflowClusterName: '-x' },
      'airflowClusterName',
      'must be 1 to 63 letters, digits, "-" or "_", starting and ending with a letter or digit',
    ],
    ...['storageSecretName', 'serviceAccountName', 'serviceAccountNamespace', 'airflowNamespace'].map(
      (field): [object, string, string] => [
        { [field]: 'a_b' },
        field,
        'must be 1 to 63 lower-case letters, digits or "-", starting and ending with a letter or digit',
      ],
    ),
    [{ cluster: { nodeCount: 2.5 } }, 'cluster.nodeCount', 'must be a whole number'],
    [{ cluster: { nodeCount: 0 } }, 'cluster.nodeCount', 'must be at least 1'],
    [{ cluster: { nodeCount: 1001 } }, 'cluster.nodeCount', 'must be at most 1000'],
    [{ cluster: { zones: ['1', '1'] } }, 'cluster.zones', 'must not name a zone twice'],
    [{ cluster: { zones: ['4'] } }, 'cluster.zones.0', 'must be "1", "2" or "3"'],
    [{ cluster: { tier: 'Gold' } }, 'cluster.tier', 'must be Free, Standard or Premium'],
    ...['standard_DS4', 'Standard_', 'Standard_a b', 'xStandard_DS4', `Standard_${'x'.repeat(61)}`].map(
      (nodeVmSize): [object, string, string] => [
        { cluster: { nodeVmSize } },
        'cluster.nodeVmSize',
        'must be a virtual machine size such as Standard_DS4_v2',
      ],
    ),
    [
      { cluster: { autoUpgradeChannel: 'fast' } },
      'cluster.autoUpgradeChannel',
      'must be none, patch, stable, rapid or node-image',
    ],
    [
      { cluster: { nodeOsUpgradeChannel: 'none' } },
      'cluster.nodeOsUpgradeChannel',
      'must be None, Unmanaged, SecurityPatch or NodeImage',
    ],
    ...['latest', '1', '1.', '1.34.', 'v1.34', '1.34.2.1', '1.34x', '1x34', '1.34x2', '.34', '1.a'].map(
      (kubernetesVersion): [object, string, string] => [
        { cluster: { kubernetesVersion } },
        'cluster.kubernetesVersion',
        'must be a version such as 1.34 or 1.34.2',
      ],
    ),
    [
      { cluster: { adminGroupObjectIds: ['admins'] } },
      'cluster.adminGroupObjectIds.0',
      'must be the object id of an Entra group: a GUID',
    ],
    [{ cluster: { adminGroupObjectIds: [] } }, 'cluster.adminGroupObjectIds', 'must name at least one group'],
    [
      { cluster: { adminGroupObjectIds: [GUID, GUID.toUpperCase()] } },
      'cluster.adminGroupObjectIds',
      'must not name a group twice',
    ],
    [
      { cluster: { sshPublicKey: 'ssh-rsa AAAA' } },
      'cluster.sshPublicKey',
      'must be the public half of an RSA key in OpenSSH form: "ssh-rsa AAAA… comment"',
    ],
    [
      { images: [{ source: 'airflow', image: 'airflow:1' }] },
      'images.0.source',
      'must be registry/repository:tag or registry/repository@sha256:digest, e.g. docker.io/apache/airflow:2.9.3',
    ],
    [
      { images: [{ source: `docker.io/${'a'.repeat(501)}:1`, image: 'a:1' }] },
      'images.0.source',
      'must have at most 512 characters',
    ],
    [{ images: [{ ...anImage(1), image: 'B' }] }, 'images.0.image', 'must be repository:tag, e.g. airflow:2.9.3'],
    [
      { images: [{ ...anImage(1), image: `${'a'.repeat(127)}:1` }] },
      'images.0.image',
      'must have at most 128 characters',
    ],
    [{ images: [anImage(1), anImage(2), anImage(1)] }, 'images.2.image', 'is listed twice: b:1'],
    [{ images: Array.from({ length: 31 }, (_, index) => anImage(index)) }, 'images', 'must hold at most 30 images'],
    [
      { registryCredentials: [credentialsOf('a.io'), credentialsOf('b.io'), credentialsOf('a.io')] },
      'registryCredentials.2.registry',
      'is listed twice: a.io',
    ],
    [
      { registryCredentials: Array.from({ length: 11 }, (_, index) => credentialsOf(`a${index}.io`)) },
      'registryCredentials',
      'must hold at most 10 registries',
    ],
    [{ lock: 'ReadOnly' }, 'lock', 'must be CanNotDelete'],
    ...['with space', '', 'x'.repeat(129), 'ä', 'a\n', ' a', 'a '].map((correlationId): [object, string, string] => [
      { correlationId },
      'correlationId',
      'must be 1 to 128 printable characters without spaces',
    ]),
  ] as const)('refuses %j: %s %s', (body, field, message) => {
    expect(errorsOf(body)).toEqual({ [field]: message });
  });

  it.each([
    { id: '-'.repeat(64) },
    { subscriptionId: GUID },
    { profile: 'tutorial' },
    { profile: 'hardened' },
    { location: 'x'.repeat(50) },
    { location: 'us1' },
    ...['Free', 'Standard', 'Premium'].map((tier) => ({ cluster: { tier } })),
    ...['Standard_D', `Standard_${'x'.repeat(60)}`, 'Standard_a-b_C9'].map((nodeVmSize) => ({
      cluster: { nodeVmSize },
    })),
    { cluster: { nodeCount: 1 } },
    { cluster: { nodeCount: 1000 } },
    { cluster: { zones: [] } },
    { cluster: { zones: ['1', '2', '3'] } },
    ...['none', 'patch', 'stable', 'rapid', 'node-image'].map((autoUpgradeChannel) => ({
      cluster: { autoUpgradeChannel },
    })),
    ...['None', 'Unmanaged', 'SecurityPatch', 'NodeImage'].map((nodeOsUpgradeChannel) => ({
      cluster: { nodeOsUpgradeChannel },
    })),
    ...['1.34', '1.34.2', '10.20.30'].map((kubernetesVersion) => ({ cluster: { kubernetesVersion } })),
    { cluster: { adminGroupObjectIds: [GUID] } },
    { images: [] },
    { images: [{ source: `docker.io/${'a'.repeat(500)}:1`, image: `${'a'.repeat(126)}:1` }] },
    { images: Array.from({ length: 30 }, (_, index) => anImage(index)) },
    { registryCredentials: Array.from({ length: 10 }, (_, index) => credentialsOf(`a${index}.io`)) },
    { existing: {} },
    { lock: 'CanNotDelete' },
    { correlationId: '!' },
    { correlationId: '~'.repeat(128) },
  ])('takes %j as it is', (body) => {
    const parsed = parse(body);
    expect(parsed.ok && parsed.request).toMatchObject(body);
  });

  it('reports every broken rule at once', () => {
    expect(Object.keys(errorsOf({ location: 7, registryName: '-', cluster: { nodeCount: 0 } }))).toHaveLength(3);
  });

  it("takes the caller's SSH public key", () => {
    const key = anSshPublicKey();
    const parsed = parse({ cluster: { sshPublicKey: `${key}\n` } });
    expect(parsed.ok && parsed.request.cluster.sshPublicKey).toBe(key);
  });

  it('refuses a private key and does not repeat it', () => {
    const pem = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ format: 'pem', type: 'pkcs1' });
    const errors = errorsOf({ cluster: { sshPublicKey: pem.toString() } });
    expect(errors['cluster.sshPublicKey']).toContain('public half');
    expect(JSON.stringify(errors)).not.toContain('PRIVATE');
  });

  it('takes addresses and ranges for the API server, in the form and order of Azure', () => {
    const parsed = parse({ cluster: { authorizedIpRanges: ['203.0.113.7', '10.0.0.0/8'] } });
    expect(parsed.ok && parsed.request.cluster.authorizedIpRanges).toEqual(['10.0.0.0/8', '203.0.113.7/32']);
  });

  it.each([
    [{ subscriptionId: GUID.toUpperCase() }, { subscriptionId: GUID }],
    [{ cluster: { zones: ['3', '1'] } }, { cluster: { zones: ['1', '3'] } }],
    [
      { cluster: { adminGroupObjectIds: [`f${GUID.slice(1)}`, GUID.toUpperCase()] } },
      { cluster: { adminGroupObjectIds: [GUID, `f${GUID.slice(1)}`] } },
    ],
    [{ location: 'Canada Central 2' }, { location: 'canadacentral2' }],
  ])('reads %j as %j: what is the same to Azure is the same request', (body, request) => {
    const parsed = parse(body);
    expect(parsed.ok && parsed.request).toMatchObject(request);
  });
});

/** Every field of a body, at any depth, as the reference and the forms of integrations show it. */
const fieldsOf = (schema: z.core.JSONSchema.BaseSchema, path = ''): [string, z.core.JSONSchema.BaseSchema][] =>
  Object.entries(schema.properties ?? {}).flatMap(([name, field]) => {
    if (typeof field === 'boolean') return [];
    const items = typeof field.items === 'object' && !Array.isArray(field.items) ? field.items : {};
    return [
      [path + name, field] as [string, typeof field],
      ...[field, items].flatMap((each) => fieldsOf(each, `${path}${name}.`)),
    ];
  });

it.each(
  [deploymentBodySchema, decisionBodySchema].flatMap((schema) =>
    fieldsOf(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' })),
  ),
)('the field %s says what it is', (_, { title, description }) => {
  expect(title).toMatch(/^[A-Z]/);
  expect(description ?? 'none').not.toBe('');
});
