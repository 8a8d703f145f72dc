import type { HttpResponseInit } from '@azure/functions';
import { z } from 'zod';
import { actorOf } from '../callers/caller.ts';
import { endExpiry } from '../task-hub/end-expiry.ts';
import { startUndo } from '../task-hub/start-undo.ts';
import { deploymentUrls, monitorHeaders } from './deployment-urls.ts';
import type { Call } from './handle.ts';
import { loadDeployment } from './load-deployment.ts';
import { keyInQuery, parseQuery } from './parse-query.ts';

/**
 * `DELETE /api/deployments/{id}?confirm=<resource group>[&purge=true]`: undoes a deployment. A running one is cancelled first; what it created
 * is deleted, nothing else; with `purge` the vault too is lost for good.
 */
export const deleteDeployment = async (call: Call): Promise<HttpResponseInit> => {
  const { request, client } = call;
  const { run, instance } = await loadDeployment(call);
  const { deployment } = run;
  const query = parseQuery(request, querySchema(deployment.resourceGroupName));
  await endExpiry(client, run);
  await startUndo(
    client,
    { run, instance },
    {
      purge: query.purge === 'true',
      ...(call.caller && { requestedBy: actorOf(call.caller) }),
    },
  );
  const urls = deploymentUrls(request, deployment.id);
  return {
    status: 202,
    headers: monitorHeaders(urls),
    jsonBody: { id: deployment.id, run: run.run, status: 'Deleting', urls },
  };
};

const CONFIRM_RULE = 'must be the name of the resource group that the deployment is in';

const querySchema = (resourceGroupName: string) =>
  z.strictObject({
    confirm: z.literal(resourceGroupName, CONFIRM_RULE),
    purge: z.enum(['true', 'false'], 'must be true or false').default('false'),
    ...keyInQuery,
  });
