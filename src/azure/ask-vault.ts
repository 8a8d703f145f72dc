import type { HttpMethods, PipelineResponse } from '@azure/core-rest-pipeline';
import { sendAuthorized } from './authorized-request.ts';
import { currentCloud } from './settings/cloud.ts';

const API_VERSION = '7.5';

/**
 * Asks a vault's data plane.
 *
 * @param url - the whole address but for the api-version.
 * @returns the answer, whatever its status.
 * @throws Error when the host is not a vault of the cloud: no token goes there.
 */
export const askVault = async (method: HttpMethods, url: URL): Promise<PipelineResponse> => {
  const { vaultSuffix } = currentCloud();
  if (url.protocol !== 'https:' || url.port !== '' || !url.hostname.endsWith(vaultSuffix)) {
    throw new Error(`The vault's host ${url.host} is not one of Azure's: it is not asked.`);
  }
  const versioned = new URL(url);
  versioned.searchParams.set('api-version', API_VERSION);
  return sendAuthorized(method, versioned.href, `https://${vaultSuffix.slice(1)}/.default`);
};
