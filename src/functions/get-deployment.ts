import type { HttpResponseInit } from '@azure/functions';
import { hasEnded } from '../deployment/deployment-view.ts';
import { deploymentUrls, RETRY_AFTER_SECONDS } from './deployment-urls.ts';
import type { Call } from './handle.ts';
import { loadDeployment, viewOf } from './load-deployment.ts';

/** `GET /api/deployments/{id}`: the status monitor, 200 as long as the deployment is known. */
export const getDeployment = async ({ request, client }: Call): Promise<HttpResponseInit> => {
  const view = await viewOf(client, await loadDeployment(request, client));
  return {
    headers: {
      'Cache-Control': 'no-store',
      ...(!hasEnded(view.status) && { 'Retry-After': `${RETRY_AFTER_SECONDS}` }),
    },
    jsonBody: { ...view, urls: deploymentUrls(request, view.id, view.approval !== undefined) },
  };
};
