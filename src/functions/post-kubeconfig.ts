import type { HttpResponseInit } from '@azure/functions';
import { type Exchange, recordExchange } from '../azure/exchange.ts';
import { toAzureFailure } from '../azure/failures/azure-failure.ts';
import { fetchKubeconfig } from '../azure/kubeconfig.ts';
import { withinReadBudget } from '../azure/read-budget.ts';
import type { Deployed } from '../deployment/run/deployed.ts';
import type { DeploymentResponse } from '../status/deployment-response.ts';
import { azureProblem } from './http/azure-problem.ts';
import { requireClusterConsent } from './http/checks/require-cluster-consent.ts';
import { deploymentUrls, RUN_HEADER } from './http/deployment-urls.ts';
import type { Call } from './http/handle.ts';
import { type LoadedDeployment, loadDeployment, responseOf } from './http/load-deployment.ts';
import { refuseQuery } from './http/parse-query.ts';
import { ProblemError } from './http/problem.ts';

/** `POST /api/deployments/{id}/kubeconfig`: the cluster's user kubeconfig, fetched now from Azure and stored nowhere. */
export const postKubeconfig = async (call: Call): Promise<HttpResponseInit> => {
  const { request, hub, caller } = call;
  refuseQuery(request);
  const loaded = await loadDeployment(call);
  const view = await responseOf(hub, loaded);
  const { id } = view;
  const noCluster = (detail: string): ProblemError =>
    new ProblemError(409, 'no-cluster', 'The cluster is not there', detail, {
      extensions: { id, urls: deploymentUrls(request, id) },
    });
  const source = sourceOf(loaded, view);
  if (!source) {
    throw noCluster(
      view.status === 'Deleted'
        ? `The deployment "${id}" was deleted.`
        : `The step cluster of "${id}" has not succeeded.`,
    );
  }
  const { subscriptionId, resourceGroupName, clusterName } = source.deployment;
  const exchange: Exchange = {};
  return recordExchange(exchange, async () => {
    try {
      const body = await withinReadBudget(async () => {
        await requireClusterConsent(caller, source.deployment);
        return fetchKubeconfig(subscriptionId, resourceGroupName, clusterName);
      });
      return {
        headers: { 'Content-Type': 'application/yaml', 'Cache-Control': 'no-store', [RUN_HEADER]: source.run },
        body,
      };
    } catch (error) {
      if (error instanceof ProblemError) throw error;
      const failure = toAzureFailure(error, exchange);
      if (failure.status === 404) {
        throw noCluster(
          `Azure has no cluster ${clusterName} any more: ${failure.message} POST the deployment again to make one.`,
        );
      }
      throw azureProblem(`Azure did not give the kubeconfig of ${clusterName}`, failure, error);
    }
  });
};

/** The run whose cluster it is: the latest one if its step `cluster` succeeded, else the last that succeeded. Undefined when there is none, or it was deleted. */
const sourceOf = (
  { run, record }: LoadedDeployment,
  { steps, status, deployed }: DeploymentResponse,
): Pick<Deployed, 'run' | 'deployment'> | undefined => {
  if (status === 'Deleted') return undefined;
  if (steps.find(({ name }) => name === 'cluster')?.state === 'Succeeded') return run;
  return deployed && record.inherited.deployed;
};
