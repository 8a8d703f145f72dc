import type { HttpResponseInit } from '@azure/functions';
import { z } from 'zod';
import { access } from '../callers/access.ts';
import { actorOf } from '../callers/caller.ts';
import type { Deployment } from '../deployment/request/resolve-deployment.ts';
import {
  type DeploymentStatus,
  deploymentStatus,
  hasEnded,
  statusWithUndo,
} from '../deployment/run/deployment-status.ts';
import { endExpiry } from '../task-hub/end-expiry.ts';
import { findUndo } from '../task-hub/find-undo.ts';
import { followCancelled } from '../task-hub/follow-cancelled.ts';
import { requestCancel } from '../task-hub/request-cancel.ts';
import { CONFIRM_RULE } from './http/checks/confirm-rule.ts';
import { acceptedHeaders, type DeploymentUrls, deploymentUrls } from './http/deployment-urls.ts';
import { forbidden } from './http/guard.ts';
import type { Call } from './http/handle.ts';
import { hearCancel } from './http/hear-cancel.ts';
import { loadRecord, requireDeployment, responseOf } from './http/load-deployment.ts';
import { keyInQuery, parseQuery } from './http/parse-query.ts';
import { ProblemError } from './http/problem.ts';

/**
 * `POST /api/deployments/{id}/cancel[?andDelete=true&confirm=<resource group>]`: stops a running deployment at the next step boundary; what was created stays.
 * Azure continues what it has begun: the answer names that, and the status follows it to its end. With `andDelete` the deployment is deleted then.
 */
export const cancelDeployment = async (call: Call): Promise<HttpResponseInit> => {
  const { request, hub } = call;
  const loaded = await loadRecord(call);
  const { record, instance } = loaded;
  const { id, runId: run } = record;
  const urls = deploymentUrls(request, id);
  const deployment = requireDeployment(call, record);
  const andDelete = parseQuery(request, querySchema(deployment)).andDelete === 'true';
  if (andDelete) refuseWithoutDestroy(call);
  let status = statusWithUndo(instance, await findUndo(hub, loaded));
  refuseEnded(id, status, urls);
  const requestedBy = call.caller && actorOf(call.caller);
  if (status !== 'Cancelled') {
    await requestCancel(hub, { run, deployment, steps: record.run?.steps }, requestedBy);
    status = deploymentStatus(await hearCancel(hub, instance));
    refuseEnded(id, status, urls);
  }
  await endExpiry(hub, { id, run });
  await followCancelled(hub, { run, deployment }, { andDelete, requestedBy });
  const { afterCancel } = await responseOf(hub, loaded);
  return {
    status: 202,
    headers: acceptedHeaders(urls, andDelete ? 'Deleted' : 'Cancelled'),
    jsonBody: { id, run, status, urls, ...(afterCancel && { afterCancel }) },
  };
};

const querySchema = ({ resourceGroupName }: Deployment) =>
  z
    .strictObject({
      andDelete: z.enum(['true', 'false'], 'must be true or false').default('false'),
      confirm: z.literal(resourceGroupName, CONFIRM_RULE).optional(),
      ...keyInQuery,
    })
    .refine(({ andDelete, confirm }) => andDelete === 'false' || confirm !== undefined, {
      path: ['confirm'],
      message: CONFIRM_RULE,
    });

/** Who cancels may not delete by it what only others may delete. Where callers are not told apart, one key opens both. */
const refuseWithoutDestroy = ({ caller }: Call): void => {
  if (caller && !access.deleteDeployment.some((role) => caller.roles.includes(role))) {
    throw forbidden(caller, access.deleteDeployment);
  }
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
