import type { HttpResponseInit } from '@azure/functions';
import { actorOf } from '../callers/caller.ts';
import {
  type DeploymentStatus,
  deploymentStatus,
  hasEnded,
  statusWithUndo,
} from '../deployment/run/deployment-status.ts';
import { endExpiry } from '../task-hub/end-expiry.ts';
import { findUndo } from '../task-hub/find-undo.ts';
import { requestCancel } from '../task-hub/request-cancel.ts';
import { afterCancel } from './http/after-cancel.ts';
import { acceptedHeaders, type DeploymentUrls, deploymentUrls } from './http/deployment-urls.ts';
import type { Call } from './http/handle.ts';
import { loadRecord, requireDeployment } from './http/load-deployment.ts';
import { refuseQuery } from './http/parse-query.ts';
import { ProblemError } from './http/problem.ts';

/** `POST /api/deployments/{id}/cancel`: stops a running deployment at the next step boundary; what was created stays. */
export const cancelDeployment = async (call: Call): Promise<HttpResponseInit> => {
  const { request, hub } = call;
  refuseQuery(request);
  const loaded = await loadRecord(call);
  const { record, instance } = loaded;
  const { id, runId: run } = record;
  const urls = deploymentUrls(request, id);
  let status = statusWithUndo(instance, await findUndo(hub, loaded));
  refuseEnded(id, status, urls);
  const deployment = requireDeployment(call, record);
  if (status !== 'Cancelled') {
    await requestCancel(hub, { run, deployment }, call.caller && actorOf(call.caller));
    status = deploymentStatus(await afterCancel(hub, instance));
    refuseEnded(id, status, urls);
  }
  await endExpiry(hub, { id, run });
  return {
    status: 202,
    headers: acceptedHeaders(urls, 'Cancelled'),
    jsonBody: { id, run, status, urls },
  };
};

const refuseEnded = (id: string, status: DeploymentStatus, urls: DeploymentUrls): void => {
  if (status === 'Cancelled' || (!hasEnded(status) && status !== 'Deleting')) return;
  throw new ProblemError(
    409,
    'deployment-ended',
    'The deployment has ended',
    `The deployment "${id}" is ${status}: there is nothing to cancel. DELETE removes what it created.`,
    { extensions: { id, urls } },
  );
};
