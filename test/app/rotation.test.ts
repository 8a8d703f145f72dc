import { createPrivateKey, createPublicKey } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { SIMULATED_SUBSCRIPTION_ID } from '../../local/azure-simulator/azure-simulator.ts';
import { sendAuthorized } from '../../src/azure/authorized-request.ts';
import { openSshRsaPublicKey } from '../../src/deployment/names/open-ssh-key.ts';
import { TestWorld } from '../support/world.ts';

const KEY_SECRET = 'AKS-AIRFLOW-LOGS-STORAGE-ACCOUNT-KEY';
const NAME_SECRET = 'AKS-AIRFLOW-LOGS-STORAGE-ACCOUNT-NAME';

let world: TestWorld;
let outputs: Record<string, string>;

beforeAll(async () => {
  world = await TestWorld.start();
  expect((await deploy()).status).toBe('Succeeded');
  outputs = JSON.parse(await (await world.fetch('/api/deployments/rotation/outputs')).text());
});

afterAll(() => world.close());

const deploy = () => world.deploy({ resourceGroupName: 'rotation', images: [] });

const account = (): string => outputs.AKS_AIRFLOW_LOGS_STORAGE_ACCOUNT_NAME ?? '';

const keysSchema = z.object({ keys: z.array(z.object({ keyName: z.string(), value: z.string() })) });

const askForKeys = async (action: string, body?: object): Promise<z.infer<typeof keysSchema>> => {
  const id = `/subscriptions/${SIMULATED_SUBSCRIPTION_ID}/resourceGroups/rotation/providers/Microsoft.Storage/storageAccounts/${account()}`;
  const url = `https://management.azure.com${id}/${action}?api-version=2026-09-01`;
  return keysSchema.parse(JSON.parse((await world.azure.somebodyElse('POST', url, body)).text));
};

/** What `az storage account keys renew` sends. */
const renew = (keyName: string) => askForKeys('regenerateKey', { keyName });

const currentKey = async (keyName: string): Promise<string | undefined> =>
  (await askForKeys('listKeys')).keys.find((key) => key.keyName === keyName)?.value;

/** What `az keyvault secret show --query value` reads: the newest version. */
const secretInVault = async (name: string): Promise<string> => {
  const url = `${outputs.KEYVAULTURL}secrets/${name}?api-version=7.5`;
  const { bodyAsText } = await sendAuthorized('GET', url, 'https://vault.azure.net/.default');
  return z.object({ value: z.string() }).parse(JSON.parse(bodyAsText ?? '')).value;
};

/** The values that were written to a secret of the vault, oldest first. */
const written = (secret: string): unknown[] =>
  world.sent('PUT', `/secrets/${secret}`).map(({ properties }) => properties.value);

/** The step of the secrets, and the names of all steps that changed something, after one more POST. */
const postAgain = async () => {
  const { status, steps } = await deploy();
  expect(status).toBe('Succeeded');
  const changed = steps.filter(({ change }) => change !== 'unchanged').map(({ name }) => name);
  return { changed, secrets: steps.find(({ name }) => name === 'secrets') };
};

it('a POST after a rotation of the storage key writes the new key into the vault, and changes nothing else', async () => {
  const before = await currentKey('key1');
  expect(before).toBeDefined();
  expect(await secretInVault(KEY_SECRET)).toBe(before);

  await renew('key1');
  const renewed = await currentKey('key1');
  expect(renewed).not.toBe(before);
  expect(await secretInVault(KEY_SECRET)).toBe(before);

  const { changed, secrets } = await postAgain();
  expect(changed).toEqual(['secrets']);
  expect(secrets).toMatchObject({ change: 'updated', changed: [KEY_SECRET] });
  expect(await secretInVault(KEY_SECRET)).toBe(renewed);
  expect(written(KEY_SECRET)).toEqual([before, renewed]);
  expect(written(NAME_SECRET)).toEqual([account()]);
});

it('the POST after that changes nothing', async () => {
  expect((await postAgain()).changed).toEqual([]);
});

it('a rotation of the second key, which is not in the vault, changes nothing', async () => {
  await renew('key2');
  expect((await postAgain()).changed).toEqual([]);
  expect(await secretInVault(KEY_SECRET)).toBe(await currentKey('key1'));
});

it("the private SSH key in the vault is that of the cluster's nodes", async () => {
  const privateKey = await secretInVault(`${outputs.MY_CLUSTER_NAME}-ssh-private-key`);
  const { n = '', e = '' } = createPublicKey(createPrivateKey(privateKey)).export({ format: 'jwk' });
  const [cluster] = world.sent('PUT', '/managedClusters/');
  const publicKey = openSshRsaPublicKey({ n, e }, `${outputs.MY_CLUSTER_NAME}-nodes`);
  expect(cluster?.properties.linuxProfile.ssh.publicKeys).toEqual([{ keyData: publicKey }]);
});
