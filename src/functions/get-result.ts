import type { HttpResponseInit } from '@azure/functions';
import { type DeploymentStatus, hasEnded } from '../deployment/run/deployment-status.ts';
import { outputsOfInstance } from '../deployment/run/outputs-of-instance.ts';
import { acceptedHeaders, deploymentUrls } from './http/deployment-urls.ts';
import type { Call } from './http/handle.ts';
import { loadRecord, responseOf } from './http/load-deployment.ts';
import { refuseQuery } from './http/parse-query.ts';
import { ProblemError } from './http/problem.ts';

/**
 * `GET /api/deployments/{id}/result`: 202 until the deployment has ended, then 200 with the outputs, or 422 when it failed: Logic Apps repeats a 5xx and
 * takes a 200 for success.
 */
export const getResult = async (call: Call): Promise<HttpResponseInit> => {
  const { request, hub } = call;
  refuseQuery(request);
  const loaded = await loadRecord(call);
  const { id, run, status, warnings, reason, error, afterCancel } = await responseOf(hub, loaded);
  const urls = deploymentUrls(request, id);
  if (!hasEnded(status)) return { status: 202, headers: acceptedHeaders(urls), jsonBody: { id, run, status, urls } };

  const outputs = status === 'Succeeded' ? outputsOfInstance(loaded.instance) : undefined;
  if (outputs) return { headers: { 'Cache-Control': 'no-store' }, jsonBody: { id, run, status, outputs, warnings } };
  const [slug, title] = endings[status] ?? endings.Failed;
  throw new ProblemError(
    422,
    slug,
    title,
    error
      ? `${error.step}: ${error.message}${error.remedy ? ` ${error.remedy}` : ''}`
      : `${title}. ${reason ?? 'Send the same request again: it makes what is missing.'}`,
    {
      extensions: {
        id,
        run,
        deploymentStatus: status,
        urls,
        warnings,
        ...(reason !== undefined && { reason }),
        ...(error && { error }),
        ...(afterCancel && { afterCancel }),
      },
    },
  );
};

/** How a deployment without outputs may have ended. */
const endings: Partial<Record<DeploymentStatus, readonly [slug: string, title: string]>> & {
  readonly Failed: readonly [slug: string, title: string];
} = {
  Failed: ['deployment-failed', 'The deployment failed'],
  Cancelled: ['deployment-cancelled', 'The deployment was cancelled'],
  Deleted: ['deployment-deleted', 'The deployment was deleted'],
};
