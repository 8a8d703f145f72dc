import type { HttpResponseInit } from '@azure/functions';
import { z } from 'zod';
import { type DeploymentStatus, hasEnded } from '../deployment/run/deployment-status.ts';
import { outputsOfInstance } from '../deployment/run/outputs-of-instance.ts';
import { acceptedHeaders, deploymentUrls, expectedEnds } from './http/deployment-urls.ts';
import type { Call } from './http/handle.ts';
import { loadRecord, responseOf } from './http/load-deployment.ts';
import { keyInQuery, parseQuery } from './http/parse-query.ts';
import { ProblemError } from './http/problem.ts';

/**
 * `GET /api/deployments/{id}/result[?expect=Cancelled|Deleted]`: 202 until the deployment has ended, then 200 if as expected, with the outputs if it succeeded, else
 * 422: Logic Apps repeats a 5xx and takes a 200 for success.
 */
export const getResult = async (call: Call): Promise<HttpResponseInit> => {
  const { request, hub } = call;
  const { expect } = parseQuery(request, querySchema);
  const loaded = await loadRecord(call);
  const { id, run, status, warnings, reason, error, deployed, afterCancel } = await responseOf(hub, loaded);
  const urls = deploymentUrls(request, id);
  // Cancelled is on the way to Deleted where the cancel asked for that.
  if (!hasEnded(status) || (expect === 'Deleted' && afterCancel?.andDelete)) {
    return { status: 202, headers: acceptedHeaders(urls, expect), jsonBody: { id, run, status, urls } };
  }
  const outputs = status === 'Succeeded' ? outputsOfInstance(loaded.instance) : undefined;
  if (status === expect && (outputs || status !== 'Succeeded')) {
    const jsonBody = { id, run, status, ...(outputs && { outputs }), warnings };
    return { headers: { 'Cache-Control': 'no-store' }, jsonBody };
  }
  const [slug, title] = endings[status] ?? endings.Failed;
  throw new ProblemError(
    422,
    slug,
    title,
    error
      ? `${error.step}: ${error.message}${error.remedy ? ` ${error.remedy}` : ''}`
      : `${title}. ${reason ?? remedies[status] ?? 'Send the same request again: it makes what is missing.'}`,
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
        ...(deployed && { deployed }),
      },
    },
  );
};

const querySchema = z.strictObject({
  expect: z.enum(expectedEnds, `must be one of ${expectedEnds.join(', ')}`).default('Succeeded'),
  ...keyInQuery,
});

/** What to do where sending the same request again would not help. */
const remedies: Partial<Record<DeploymentStatus, string>> = {
  Succeeded: 'It ended before it could be cancelled, or nobody has deleted it. DELETE removes what it created.',
};

/** How a deployment may have ended otherwise than expected. */
const endings: Partial<Record<DeploymentStatus, readonly [slug: string, title: string]>> & {
  readonly Failed: readonly [slug: string, title: string];
} = {
  Succeeded: ['deployment-succeeded', 'The deployment succeeded'],
  Failed: ['deployment-failed', 'The deployment failed'],
  Cancelled: ['deployment-cancelled', 'The deployment was cancelled'],
  Deleted: ['deployment-deleted', 'The deployment was deleted'],
};
