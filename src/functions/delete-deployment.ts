import type { HttpResponseInit } from '@azure/functions';
import { z } from 'zod';
import { actorOf } from '../callers/caller.ts';
import { isHardened } from '../deployment/profile/profile-differences.ts';
import type { Deployment } from '../deployment/request/resolve-deployment.ts';
import { endExpiry } from '../task-hub/end-expiry.ts';
import { startUndo } from '../task-hub/start-undo.ts';
import { CONFIRM_RULE } from './http/checks/confirm-rule.ts';
import { refuseOtherDeletion } from './http/checks/refuse-other-deletion.ts';
import { refuseWhileInUse } from './http/checks/refuse-while-in-use.ts';
import { acceptedHeaders, deploymentUrls } from './http/deployment-urls.ts';
import type { Call } from './http/handle.ts';
import { loadRecord, requireDeployment } from './http/load-deployment.ts';
import { keyInQuery, parseQuery } from './http/parse-query.ts';

/**
 * `DELETE /api/deployments/{id}?confirm=<resource group>[&purge=true]`: undoes a deployment. A running one is cancelled first; what it created
 * is deleted, nothing else; with `purge` the vault too is lost for good.
 */
export const deleteDeployment = async (call: Call): Promise<HttpResponseInit> => {
  const { request, hub } = call;
  const { record, instance } = await loadRecord(call);
  const deployment = requireDeployment(call, record);
  const { id, runId: run } = record;
  const { earlier } = record.inherited;
  const query = parseQuery(request, querySchema(deployment));
  await refuseWhileInUse(call, deployment);
  for (const each of [run, record.inherited.deployed?.run]) {
    if (each !== undefined) await endExpiry(hub, { id, run: each });
  }
  const purge = query.purge === 'true';
  const requestedBy = call.caller && actorOf(call.caller);
  const undo = await startUndo(
    hub,
    { run, deployment, instance },
    { ...(earlier.length > 0 && { earlier }), purge, ...(requestedBy && { requestedBy }) },
  );
  refuseOtherDeletion(call, record, undo, purge);
  const urls = deploymentUrls(request, id);
  return {
    status: 202,
    headers: acceptedHeaders(urls, 'Deleted'),
    jsonBody: { id, run, status: 'Deleting', urls },
  };
};

const purgeRule = (vault: string): string =>
  `must be left out: the vault ${vault} has purge protection, so that nobody can purge it before 90 days have passed. Its name stays taken, and the same POST recovers it`;

const querySchema = (deployment: Deployment) =>
  z.strictObject({
    confirm: z.literal(deployment.resourceGroupName, CONFIRM_RULE),
    purge: z
      .enum(['true', 'false'], 'must be true or false')
      .default('false')
      .refine((purge) => purge === 'false' || !isHardened(deployment), purgeRule(deployment.keyVaultName)),
    ...keyInQuery,
  });
