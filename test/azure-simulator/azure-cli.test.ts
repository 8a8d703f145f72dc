import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { z } from 'zod';
import {
  SIMULATED_OPERATOR_CLIENT_ID,
  SIMULATED_OPERATOR_OBJECT_ID,
  SIMULATED_SUBSCRIPTION_ID,
  SIMULATED_TENANT_ID,
} from '../../local/azure-simulator/azure-simulator.ts';
import { at } from '../../local/azure-simulator/base/json.ts';
import { type Fixture, sendRaw, startFixture } from './fixture.ts';
import { operatorToken } from './log-in.ts';

/**
 * What azure-cli 2.91.0 sent to the simulator for the tutorial's commands, in their order, without its log-in, its polling, repetitions and what it signs by the
 * time; ids are placeholders.
 */
const REQUESTS = z
  .array(z.object({ method: z.string(), url: z.string(), status: z.number(), body: z.unknown().optional() }))
  .parse(JSON.parse(readFileSync(new URL('azure-cli-requests.json', import.meta.url), 'utf8')));

const AUDIENCES: Record<string, string> = {
  'graph.microsoft.com': 'https://graph.microsoft.com',
  'management.azure.com': 'https://management.core.windows.net/',
};

let azure: Fixture;
const tokens = new Map<string, string>();
beforeEach(async () => {
  tokens.clear();
  azure = await startFixture();
});
afterEach(() => azure.close());

const tokenFor = async (host: string): Promise<string> => {
  const audience = AUDIENCES[host] ?? 'https://vault.azure.net';
  const known = tokens.get(audience);
  if (known !== undefined) return known;
  const token = await operatorToken(azure.url, audience);
  tokens.set(audience, token);
  return token;
};

const kubeletIdentity = (): string => {
  const cluster = azure.simulator.resources().find(({ type }) => type === 'Microsoft.ContainerService/ManagedClusters');
  return String(at(cluster?.properties, 'identityProfile', 'kubeletidentity', 'objectId'));
};

const filled = (text: string): string =>
  text
    .replaceAll('{subscription}', SIMULATED_SUBSCRIPTION_ID)
    .replaceAll('{tenant}', SIMULATED_TENANT_ID)
    .replaceAll('{operator}', SIMULATED_OPERATOR_OBJECT_ID)
    .replaceAll('{client}', SIMULATED_OPERATOR_CLIENT_ID)
    .replaceAll('{kubelet}', kubeletIdentity());

it("answers the Azure CLI's requests for the tutorial as it needs them, and makes all but the image that is gone", async () => {
  const answers: string[] = [];
  for (const { method, url, body } of REQUESTS) {
    const { host, pathname, search } = new URL(filled(url));
    const headers = { host, authorization: `Bearer ${await tokenFor(host)}` };
    const text = body === undefined ? undefined : filled(JSON.stringify(body));
    const answer = await sendRaw(azure.url, method, `${pathname}${search}`, headers, text);
    answers.push(`${answer.status} ${method} ${url}`);
    // Whatever it began has ended before the CLI goes on.
    if (method !== 'GET') await azure.clock.sleep(3_600_000);
  }
  expect(answers).toEqual(REQUESTS.map(({ status, method, url }) => `${status} ${method} ${url}`));
  const failed = azure.simulator.operations().filter(({ status }) => status === 'Failed');
  expect(failed).toMatchObject([{ operation: 'import', error: { code: 'InvalidParameters' } }]);
  expect(azure.simulator.resources().map(({ type }) => type)).toEqual(
    expect.arrayContaining([
      'Microsoft.ManagedIdentity/userAssignedIdentities',
      'Microsoft.KeyVault/vaults',
      'Microsoft.KeyVault/vaults/secrets',
      'Microsoft.ContainerRegistry/registries',
      'Microsoft.Storage/storageAccounts',
      'Microsoft.ContainerService/ManagedClusters',
    ]),
  );
});
