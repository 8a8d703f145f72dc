import type { PipelinePolicy } from '@azure/core-rest-pipeline';
import { currentCloud } from './settings/cloud.ts';

/**
 * Sends nothing that bears a token of the app to a host that is neither Resource Manager nor a vault of the cloud. The clients follow a list's `nextLink`
 * wherever it leads, and sign the request for it.
 */
export const azureHostPolicy: PipelinePolicy = {
  name: 'azureHostPolicy',
  async sendRequest(request, next) {
    const { origin, protocol, port, hostname, host } = new URL(request.url);
    const { resourceManager, vaultSuffix } = currentCloud();
    const isVault = protocol === 'https:' && port === '' && hostname.endsWith(vaultSuffix);
    if (origin !== resourceManager && !isVault) throw new Error(`The host ${host} is not Azure's: it is not asked.`);
    return next(request);
  },
};
