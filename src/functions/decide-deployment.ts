import type { HttpResponseInit } from '@azure/functions';
import type { z } from 'zod';
import { redactSecrets } from '../deployment/names/text/redact-secrets.ts';
import { decisionBodySchema } from '../deployment/request/decision-body.ts';
import { type Approval, type Decision, decisionEvent, stateAfter } from '../deployment/run/approval.ts';
import { runIdOf } from '../deployment/run/deployment-record.ts';
import { approvalOf, deploymentStatus } from '../deployment/run/deployment-status.ts';
import type { Instance } from '../deployment/run/instance.ts';
import type { TaskHub } from '../task-hub/task-hub.ts';
import { acceptedHeaders, type DeploymentUrls, deploymentUrls, monitorHeaders } from './http/deployment-urls.ts';
import type { Call } from './http/handle.ts';
import { type LoadedDeployment, loadDeployment } from './http/load-deployment.ts';
import { refuseQuery } from './http/parse-query.ts';
import { principalOf } from './http/principal.ts';
import { ProblemError } from './http/problem.ts';
import { readJsonBody } from './http/read-json-body.ts';

/**
 * `POST /api/deployments/{id}/approve` and `/reject`: decides on a run that waits for approval. The same decision again is answered as the first was,
 * the other one is refused.
 */
export const decideDeployment =
  (decision: Decision['decision']) =>
  async (call: Call): Promise<HttpResponseInit> => {
    const { request, hub } = call;
    refuseQuery(request);
    const loaded = await loadDeployment(call);
    const body = parseBody(await readJsonBody(request, '{"by": "…", "reason": "…"} says who decides and why'));
    const decided = whoDecides(call, decision, body);
    const urls = deploymentUrls(request, loaded.run.deployment.id, loaded.run.approval !== undefined);
    requireRun(loaded, body.run, urls);
    if (approvalOf(loaded.instance)?.state !== 'Awaiting') return answer(loaded, decision, urls);

    await hub.raise(loaded.instance.instanceId, decisionEvent(loaded.run.run), decided);
    const after = await afterDecision(hub, loaded);
    if (runIdOf(after) !== loaded.run.run) {
      throw notAwaited(loaded.run.deployment.id, `its run is ${runIdOf(after)} by now`, urls);
    }
    return answer({ ...loaded, instance: after }, decision, urls);
  };

type Body = z.infer<typeof decisionBodySchema>;

const parseBody = (body: unknown): Body => {
  const parsed = decisionBodySchema.safeParse(body);
  if (parsed.success) return parsed.data;
  throw invalid(
    parsed.error.issues.flatMap((issue) =>
      issue.code === 'unrecognized_keys'
        ? issue.keys.map((field) => ({ field, message: 'is not known; known are by, reason and run' }))
        : [{ field: issue.path.join('.'), message: issue.path.length === 0 ? 'must be a JSON object' : issue.message }],
    ),
  );
};

const invalid = (errors: readonly { readonly field: string; readonly message: string }[]): ProblemError => {
  const detail = errors.map(({ field, message }) => `${field || 'The body'} ${message}`).join('; ');
  return new ProblemError(400, 'invalid-request', 'The request breaks a rule', `${detail}.`, {
    extensions: { errors },
  });
};

/** Whom the platform vouches for decides in that name, whatever the body says. */
const whoDecides = (call: Call, decision: Decision['decision'], { by, reason }: Body): Decision => {
  const principal = principalOf(call);
  const name = principal?.name.slice(0, 128) ?? by;
  if (name === undefined) throw invalid([{ field: 'by', message: 'must say who decides' }]);
  if (decision === 'reject' && reason === undefined) {
    throw invalid([{ field: 'reason', message: 'must say why the deployment is rejected' }]);
  }
  return {
    decision,
    by: name,
    ...(principal?.id !== undefined && { byId: principal.id }),
    byVerified: principal !== undefined,
    ...(reason !== undefined && { reason: redactSecrets(reason) }),
  };
};

const requireRun = ({ run }: LoadedDeployment, expected: string | undefined, urls: DeploymentUrls): void => {
  if (expected === undefined || expected === run.run) return;
  throw notAwaited(run.deployment.id, `its run is ${run.run} by now, not ${expected.slice(0, 64)}`, urls);
};

/** How long the orchestration is given to take the decision in, and how often it is read; in real milliseconds. */
const TAKING_IN_MS = 5_000;
const LOOK_EVERY_MS = 100;

/** The instance once it shows a decision, be it this one or whatever was first; or another run that has begun since. */
const afterDecision = async (hub: TaskHub, { instance }: LoadedDeployment): Promise<Instance> => {
  const end = Date.now() + TAKING_IN_MS;
  let latest = instance;
  while (approvalOf(latest)?.state === 'Awaiting' && Date.now() < end) {
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
    const found = await hub.find(instance.instanceId);
    if (!found) break;
    latest = found;
  }
  return latest;
};

const answer = (
  { run, instance }: LoadedDeployment,
  decision: Decision['decision'],
  urls: DeploymentUrls,
): HttpResponseInit => {
  const { id } = run.deployment;
  const status = deploymentStatus(instance);
  const approval = approvalOf(instance);
  const taken = { headers: monitorHeaders(urls), jsonBody: { id, run: run.run, status, approval, urls } };
  // Nobody has taken it in yet (the host is busy, or the instance is suspended): the event is kept, the status will show it.
  if (approval?.state === 'Awaiting')
    return { status: 202, ...taken, headers: acceptedHeaders(urls, endAfter[decision]) };
  if (approval?.state === stateAfter[decision]) return { status: 200, ...taken };
  if (approval?.state === 'Approved' || approval?.state === 'Rejected') throw decidedOtherwise(id, approval, urls);
  throw notAwaited(id, whyNot(status, approval), urls);
};

/** What a decision leads to in the end. */
const endAfter = { approve: 'Succeeded', reject: 'Cancelled' } as const;

const whyNot = (status: string, approval: Approval | undefined): string => {
  if (approval?.state === 'TimedOut') return `nobody had decided by ${approval.expiresAt}, so it ended`;
  return `it is ${status}${status === 'Pending' || status === 'Running' ? ' and has not asked for approval' : ''}`;
};

const decidedOtherwise = (id: string, approval: Approval, urls: DeploymentUrls): ProblemError =>
  new ProblemError(
    409,
    'approval-decided',
    'The deployment was decided on otherwise',
    `The deployment "${id}" was ${approval.state.toLowerCase()} by ${approval.by} at ${approval.decidedAt}. To stop it, cancel it; to have it after all, send its POST again.`,
    { extensions: { id, approval, urls } },
  );

const notAwaited = (id: string, why: string, urls: DeploymentUrls): ProblemError =>
  new ProblemError(
    409,
    'approval-not-awaited',
    'The deployment does not wait for approval',
    `There is nothing to decide on the deployment "${id}": ${why}.`,
    { extensions: { id, urls } },
  );
