import type { TokenCredential } from '@azure/core-auth';
import { DefaultAzureCredential, ManagedIdentityCredential } from '@azure/identity';
import { z } from 'zod';
import { MAX_SMALL_ANSWER_BYTES } from './bounds.ts';
import { currentCloud, resourceManagerScope } from './settings/cloud.ts';
import { readSettings } from './settings/settings.ts';
import { SimulatorCredential, simulatorUrl } from './simulator.ts';
import { transport } from './transport.ts';

const credentials = new Map<string, TokenCredential>();

/**
 * The app's credential, one for the process (its token cache is per instance): the managed identity where the platform offers one,
 * otherwise what DefaultAzureCredential finds on a developer's machine. In simulator mode the simulator's.
 */
export const appCredential = (): TokenCredential => {
  const key = `${currentCloud().name} ${simulatorUrl()?.origin}`;
  const credential = credentials.get(key) ?? createCredential();
  credentials.set(key, credential);
  return credential;
};

const createCredential = (): TokenCredential => {
  const simulator = simulatorUrl();
  if (simulator) return new SimulatorCredential(simulator);
  const { AZURE_CLIENT_ID: clientId, IDENTITY_ENDPOINT } = readSettings();
  const httpClient = transport(MAX_SMALL_ANSWER_BYTES);
  if (IDENTITY_ENDPOINT) return new ManagedIdentityCredential({ httpClient, ...(clientId && { clientId }) });
  return new DefaultAzureCredential({
    httpClient,
    authorityHost: currentCloud().authority,
    ...(clientId && { managedIdentityClientId: clientId }),
  });
};

const claimsSchema = z.object({ oid: z.guid(), tid: z.guid() });

/** Who the app is to Azure: the object id and tenant id in its own token. This takes no Graph call, for users and identities alike. */
export const appIdentity = async (): Promise<{ readonly objectId: string; readonly tenantId: string }> => {
  const token = await appCredential().getToken(resourceManagerScope(currentCloud()));
  const payload = token?.token.split('.')[1];
  if (!payload) throw new Error('The credential gave no access token for Resource Manager.');
  const { oid, tid } = claimsSchema.parse(JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')));
  return { objectId: oid, tenantId: tid };
};
