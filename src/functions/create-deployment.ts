import { randomUUID } from 'node:crypto';
import type { HttpRequest, HttpResponseInit } from '@azure/functions';
import type { Settings } from '../azure/settings/settings.ts';
import { actorOf } from '../callers/caller.ts';
import { mayReach } from '../callers/may-reach.ts';
import { forCaller } from '../callers/needs-consent.ts';
import { deploymentInstanceId, undoInstanceId } from '../deployment/names/instance-ids.ts';
import type { DeploymentOptions } from '../deployment/request/deployment-options.ts';
import { type Deployment, deploymentHash } from '../deployment/request/resolve-deployment.ts';
import { recordOf, runIdOf } from '../deployment/run/deployment-record.ts';
import type { DeploymentRun } from '../deployment/run/deployment-run.ts';
import { deploymentStatus, hasEnded } from '../deployment/run/deployment-status.ts';
import type { Instance } from '../deployment/run/instance.ts';
import { SCHEMA_VERSION } from '../deployment/run/stored/schema-version.ts';
import { namesOf } from '../status/names-of.ts';
import { graphOf } from '../steps/graph.ts';
import type { Present } from '../task-hub/find-present.ts';
import { setExpiry } from '../task-hub/set-expiry.ts';
import { startRun } from '../task-hub/start-run.ts';
import type { TaskHub } from '../task-hub/task-hub.ts';
import { checkPlanHash } from './http/checks/check-plan-hash.ts';
import { refuseOtherPlace } from './http/checks/refuse-other-place.ts';
import { refuseTooMany } from './http/checks/refuse-too-many.ts';
import { nameTaken, refuseWhatIsTaken } from './http/checks/refuse-what-is-taken.ts';
import { refuseWhileInUse } from './http/checks/refuse-while-in-use.ts';
import { acceptedHeaders, deploymentUrls } from './http/deployment-urls.ts';
import { findPresentTo } from './http/find-present-to.ts';
import type { Call } from './http/handle.ts';
import { inheritedFrom } from './http/inherited-from.ts';
import { unreadable } from './http/load-deployment.ts';
import { refuseQuery } from './http/parse-query.ts';
import { ProblemError } from './http/problem.ts';
import { readDeployment } from './http/read-deployment.ts';
import type { RequestedCallback } from './http/requested-callback.ts';

/** `POST /api/deployments`: starts a deployment, or finds the same one running. */
export const createDeployment = async (call: Call): Promise<HttpResponseInit> => {
  const { request, caller } = call;
  refuseQuery(request);
  const { options, settings, callback, ...sent } = await readDeployment(request);
  const deployment = forCaller(sent.deployment, caller);
  const present = await findPresentTo(call);
  refuseWhatIsTaken(call, deployment, present);
  const urls = deploymentUrls(request, deployment.id, options.approval?.required);
  const hash = deploymentHash(deployment);
  return carryOut(call, { deployment, options, settings, present, hash, urls, callback, expiresAt: options.expiresAt });
};

/** How often a run may begin and end beside one request before the request is answered with such a run. */
const MOST_ATTEMPTS = 5;

const carryOut = async (call: Call, asked: Asked, attempt = 1): Promise<HttpResponseInit> => {
  const { request, hub, caller } = call;
  const { deployment, options, settings, present, hash, urls, callback } = asked;
  const instanceId = deploymentInstanceId(deployment.id);

  const existing = await hub.find(instanceId);
  if (existing && !hasEnded(deploymentStatus(existing))) return accept(call, asked, existing);
  await refuseOtherPlace(call, deployment, existing);
  await refuseWhileDeleting(request, hub, deployment.id);
  refuseTooMany(call, deployment, present);
  if (options.planHash !== undefined) await checkPlanHash(deployment, options.planHash);
  await refuseWhileInUse(call, deployment);
  // A plan takes its time: a run of another place may have begun and ended meanwhile.
  const before = await hub.find(instanceId);
  await refuseOtherPlace(call, deployment, before);

  const run: DeploymentRun = {
    schemaVersion: SCHEMA_VERSION,
    run: randomUUID().slice(0, 8),
    hash,
    deployment: { ...deployment, ...(caller && { requestedBy: caller.id }) },
    settings: { imageImportConcurrency: settings.IMAGE_IMPORT_CONCURRENCY },
    steps: graphOf(deployment).all.map(({ name }) => name),
    skipPreflight: options.skipPreflight,
    ...(await inheritedFrom(call, before, deployment)),
    ...(options.approval?.required && { approval: { timeoutHours: options.approval.timeoutHours } }),
    ...(caller && { requestedBy: actorOf(caller) }),
  };
  await callback?.begin(hub, run, urls);
  // Before the run itself: a crash between the two leaves nothing that never expires.
  if (options.expiresAt !== undefined) await setExpiry(hub, run, options.expiresAt);
  // Another POST of the same moment may have been first: then its run is the one to answer with.
  const kept = await startRun(hub, run, before);
  // That run may even have ended: then this request is still to be carried out.
  const isOver = runIdOf(kept) !== run.run && hasEnded(deploymentStatus(kept));
  return isOver && attempt < MOST_ATTEMPTS ? carryOut(call, asked, attempt + 1) : accept(call, asked, kept, run.run);
};

/** What a POST asks for. */
interface Asked {
  readonly options: DeploymentOptions;
  readonly settings: Settings;
  readonly present: readonly Present[];
  readonly deployment: Deployment;
  readonly hash: string;
  readonly urls: ReturnType<typeof deploymentUrls>;
  readonly callback: RequestedCallback | undefined;
  readonly expiresAt: string | undefined;
}

/**
 * Answers with the run that the platform kept, and has it notify this caller and expire as the caller asked.
 *
 * @param begun - the run that this POST began itself, if any.
 */
const accept = async (
  call: Call,
  { deployment, hash, urls, callback, expiresAt }: Asked,
  kept: Instance,
  begun?: string,
): Promise<HttpResponseInit> => {
  const record = recordOf(kept);
  // Of two callers at the same moment one was first.
  if (!mayReach(call.caller, call.needs, record)) throw nameTaken('id', deployment.id);
  await refuseOtherPlace(call, deployment, kept);
  const { run } = record;
  if (!run) throw unreadable(call, record);
  const accepted = answer(call.request, kept, run, hash);
  await callback?.begin(call.hub, run, urls);
  // A run of this request expires already.
  if (run.run !== begun) await setExpiry(call.hub, run, expiresAt);
  return accepted;
};

const refuseWhileDeleting = async (request: HttpRequest, hub: TaskHub, id: string): Promise<void> => {
  const undo = await hub.find(undoInstanceId(id));
  if (!undo || hasEnded(deploymentStatus(undo))) return;
  const urls = deploymentUrls(request, id);
  const detail = `The deployment "${id}" is being deleted. Wait for its end and send the request again.`;
  throw new ProblemError(409, 'deployment-deleting', 'The deployment is being deleted', detail, {
    extensions: { id, urls },
    headers: { 'Operation-Location': urls.status },
  });
};

const answer = (request: HttpRequest, instance: Instance, run: DeploymentRun, hash: string): HttpResponseInit => {
  const urls = deploymentUrls(request, run.deployment.id, run.approval !== undefined);
  if (run.hash !== hash) {
    throw new ProblemError(
      409,
      'deployment-running',
      'Another deployment of this id is running',
      `The deployment "${run.deployment.id}" is running with another body. Wait for its end and send the request again, or give this one an id of its own.`,
      { extensions: { id: run.deployment.id, urls }, headers: { 'Operation-Location': urls.status } },
    );
  }
  return {
    status: 202,
    headers: acceptedHeaders(urls),
    jsonBody: {
      id: run.deployment.id,
      run: run.run,
      status: deploymentStatus(instance),
      urls,
      names: namesOf(run.deployment),
    },
  };
};
