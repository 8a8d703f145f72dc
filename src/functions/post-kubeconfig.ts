import type { HttpResponseInit } from '@azure/functions';
import { type Exchange, recordExchange } from '../azure/exchange.ts';
import { toAzureFailure } from '../azure/failures/azure-failure.ts';
import { toStepError } from '../azure/failures/to-step-error.ts';
import { fetchKubeconfig } from '../azure/kubeconfig.ts';
import { deploymentUrls } from './http/deployment-urls.ts';
import type { Call } from './http/handle.ts';
import { loadDeployment, responseOf } from './http/load-deployment.ts';
import { refuseQuery } from './http/parse-query.ts';
import { ProblemError } from './http/problem.ts';
import { requireClusterConsent } from './http/require-cluster-consent.ts';

/** `POST /api/deployments/{id}/kubeconfig`: the cluster's user kubeconfig, fetched now from Azure and stored nowhere. */
export const postKubeconfig = async (call: Call): Promise<HttpResponseInit> => {
  const { request, hub, caller } = call;
  refuseQuery(request);
  const loaded = await loadDeployment(call);
  const { steps, id } = await responseOf(hub, loaded);
  if (steps.find(({ name }) => name === 'cluster')?.state !== 'Succeeded') {
    throw new ProblemError(
      409,
      'no-cluster',
      'The cluster is not there yet',
      `The step cluster of "${id}" has not succeeded.`,
      {
        extensions: { id, urls: deploymentUrls(request, id) },
      },
    );
  }
  const { subscriptionId, resourceGroupName, clusterName } = loaded.run.deployment;
  const exchange: Exchange = {};
  return recordExchange(exchange, async () => {
    try {
      await requireClusterConsent(caller, loaded.run.deployment);
      const body = await fetchKubeconfig(subscriptionId, resourceGroupName, clusterName);
      return { headers: { 'Content-Type': 'application/yaml', 'Cache-Control': 'no-store' }, body };
    } catch (error) {
      if (error instanceof ProblemError) throw error;
      const { code, message, remedy } = toStepError(toAzureFailure(error, exchange));
      const detail = `Azure did not give the kubeconfig of ${clusterName}: ${code}: ${message}${remedy ? ` ${remedy}` : ''}`;
      throw new ProblemError(502, 'azure-refused', 'Azure did not answer as expected', detail, { cause: error });
    }
  });
};
