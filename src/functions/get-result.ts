import type { HttpResponseInit } from '@azure/functions';
import { hasEnded, outputsOfInstance } from '../deployment/deployment-view.ts';
import { acceptedHeaders, deploymentUrls } from './deployment-urls.ts';
import type { Call } from './handle.ts';
import { loadDeployment, viewOf } from './load-deployment.ts';
import { ProblemError } from './problem.ts';

/**
 * `GET /api/deployments/{id}/result`: 202 until the deployment has ended, then 200 with the outputs, or 422 when it failed: Logic Apps repeats a 5xx and
 * takes a 200 for success.
 */
export const getResult = async ({ request, client }: Call): Promise<HttpResponseInit> => {
  const loaded = await loadDeployment(request, client);
  const { id, run, status, warnings, error } = await viewOf(client, loaded);
  const urls = deploymentUrls(request, id);
  if (!hasEnded(status)) return { status: 202, headers: acceptedHeaders(urls), jsonBody: { id, run, status, urls } };

  const outputs = outputsOfInstance(loaded.instance);
  if (outputs) return { headers: { 'Cache-Control': 'no-store' }, jsonBody: { id, run, status, outputs, warnings } };
  const cancelled = status === 'Cancelled';
  throw new ProblemError(
    422,
    cancelled ? 'deployment-cancelled' : 'deployment-failed',
    cancelled ? 'The deployment was cancelled' : 'The deployment failed',
    error
      ? `${error.step}: ${error.message}${error.remedy ? ` ${error.remedy}` : ''}`
      : `The deployment "${id}" was stopped before its end. Send the same request again: it goes on from what exists.`,
    { extensions: { id, run, deploymentStatus: status, urls, warnings, ...(error && { error }) } },
  );
};
