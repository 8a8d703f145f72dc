import type { HttpRequest, HttpResponseInit } from '@azure/functions';
import { endExpiry } from '../task-hub/end-expiry.ts';
import { startUndo } from '../task-hub/start-undo.ts';
import { deploymentUrls, monitorHeaders } from './deployment-urls.ts';
import type { Call } from './handle.ts';
import { loadDeployment } from './load-deployment.ts';
import { ProblemError } from './problem.ts';
import { refuseWhileInUse } from './refuse-while-in-use.ts';

/**
 * `DELETE /api/deployments/{id}?confirm=<resource group>[&purge=true]`: undoes a deployment. A running one is cancelled first; what it created
 * is deleted, nothing else; with `purge` the vault too is lost for good.
 */
export const deleteDeployment = async (call: Call): Promise<HttpResponseInit> => {
  const { request, client } = call;
  const { run, instance } = await loadDeployment(request, client);
  const { deployment } = run;
  const purge = readQuery(request, deployment.resourceGroupName);
  await refuseWhileInUse(call, deployment);
  await endExpiry(client, run);
  await startUndo(client, { run, instance }, { purge });
  const urls = deploymentUrls(request, deployment.id);
  return {
    status: 202,
    headers: monitorHeaders(urls),
    jsonBody: { id: deployment.id, run: run.run, status: 'Deleting', urls },
  };
};

const readQuery = (request: HttpRequest, resourceGroupName: string): boolean => {
  const confirm = request.query.get('confirm');
  const purge = request.query.get('purge') ?? 'false';
  const errors = [
    ...(confirm === resourceGroupName
      ? []
      : [{ field: 'confirm', message: 'must be the name of the resource group that the deployment is in' }]),
    ...(purge === 'true' || purge === 'false' ? [] : [{ field: 'purge', message: 'must be true or false' }]),
  ];
  const [first] = errors;
  if (!first) return purge === 'true';
  throw new ProblemError(400, 'invalid-request', 'The request breaks a rule', `${first.field} ${first.message}.`, {
    extensions: { errors },
  });
};
