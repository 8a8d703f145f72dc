import type { HttpMethod } from '@azure/functions';
import { checkDriftActivity } from './activities/check-drift.ts';
import { checkExpiryActivity } from './activities/check-expiry.ts';
import { deleteCancelledActivity } from './activities/delete-cancelled.ts';
import { deleteResourceActivity, purgeVaultActivity } from './activities/delete-resource.ts';
import { findDeployedActivity } from './activities/find-deployed.ts';
import { findEventsActivity } from './activities/find-events.ts';
import { findOwnedActivity } from './activities/find-owned.ts';
import { findUnderWayActivity } from './activities/find-under-way.ts';
import { followOperationActivity } from './activities/follow-operation.ts';
import { implementationOf } from './activities/implementation-of.ts';
import { preflightActivity } from './activities/preflight.ts';
import { sendMessageActivity } from './activities/send-message.ts';
import { stopActivity } from './activities/stop.ts';
import { access } from './callers/access.ts';
import { readAuthentication } from './callers/authentication.ts';
import * as callbacks from './deployment/callbacks/callback-contracts.ts';
import * as drift from './deployment/contracts/drift-contracts.ts';
import * as expiry from './deployment/contracts/expiry-contract.ts';
import * as follow from './deployment/contracts/follow-contracts.ts';
import { preflight } from './deployment/contracts/preflight-contract.ts';
import * as undo from './deployment/contracts/undo-contracts.ts';
import { branchOrchestratorName } from './deployment/names/instance-ids.ts';
import { cancelDeployment } from './functions/cancel-deployment.ts';
import { createDeployment } from './functions/create-deployment.ts';
import { createPlan } from './functions/create-plan.ts';
import { decideDeployment } from './functions/decide-deployment.ts';
import { deleteDeployment } from './functions/delete-deployment.ts';
import { getOpenApi, getOpenApi30, getSwagger } from './functions/get-contract.ts';
import { getDashboard, getDashboardFile } from './functions/get-dashboard.ts';
import { getDeployment } from './functions/get-deployment.ts';
import { getDrift } from './functions/get-drift.ts';
import { getHealth } from './functions/get-health.ts';
import { getOutputs } from './functions/get-outputs.ts';
import { getReference, getReferenceFile } from './functions/get-reference.ts';
import { getResult } from './functions/get-result.ts';
import { authLevelOf, guardOf } from './functions/http/guard.ts';
import { handle } from './functions/http/handle.ts';
import { listDeployments } from './functions/list-deployments.ts';
import { postKubeconfig } from './functions/post-kubeconfig.ts';
import { purgeEndedRuns } from './functions/purge-ended-runs.ts';
import { reportDeployments } from './functions/report-deployments.ts';
import { startDriftCheck } from './functions/start-drift-check.ts';
import { unknownRoute } from './functions/unknown-route.ts';
import { branchOrchestrator } from './orchestrators/branch.ts';
import { callbackOrchestrator } from './orchestrators/callback.ts';
import { deploymentOrchestrator } from './orchestrators/deployment.ts';
import { driftCheckOrchestrator } from './orchestrators/drift-check.ts';
import { driftReportOrchestrator } from './orchestrators/drift-report.ts';
import { expiryOrchestrator } from './orchestrators/expiry.ts';
import { followOrchestrator } from './orchestrators/follow.ts';
import { undoOrchestrator } from './orchestrators/undo.ts';
import { allSteps } from './steps/all-steps.ts';
import { branchSteps } from './steps/graph.ts';
import {
  registerActivity,
  registerOrchestration,
  registerRoute,
  registerTaskHubActivity,
  registerTimer,
} from './task-hub/register.ts';
import { startTelemetry } from './telemetry/start-telemetry.ts';

// Before anything can be seen or counted.
const telemetry = await startTelemetry();

// HTTP: the host tries the functions in the order of their names, so routes may not overlap and the catch-all comes last.
// HEAD is GET without a body, and the host leaves the body out. It takes no verb that a function does not name.
const get: HttpMethod[] = ['GET', 'HEAD'];
const post: HttpMethod[] = ['POST'];
const remove: HttpMethod[] = ['DELETE'];
const routes = [
  { name: 'createDeployment', route: 'deployments', methods: post, handler: createDeployment },
  { name: 'createPlan', route: 'plans', methods: post, handler: createPlan },
  { name: 'listDeployments', route: 'deployments', methods: get, handler: listDeployments },
  { name: 'getDeployment', route: 'deployments/{id}', methods: get, handler: getDeployment },
  { name: 'getResult', route: 'deployments/{id}/result', methods: get, handler: getResult },
  { name: 'getOutputs', route: 'deployments/{id}/outputs', methods: get, handler: getOutputs },
  { name: 'getDrift', route: 'deployments/{id}/drift', methods: get, handler: getDrift },
  {
    name: 'approveDeployment',
    route: 'deployments/{id}/approve',
    methods: post,
    handler: decideDeployment('approve'),
  },
  { name: 'rejectDeployment', route: 'deployments/{id}/reject', methods: post, handler: decideDeployment('reject') },
  { name: 'cancelDeployment', route: 'deployments/{id}/cancel', methods: post, handler: cancelDeployment },
  { name: 'deleteDeployment', route: 'deployments/{id}', methods: remove, handler: deleteDeployment },
  { name: 'postKubeconfig', route: 'deployments/{id}/kubeconfig', methods: post, handler: postKubeconfig },
  { name: 'getDashboard', route: 'dashboard', methods: get, handler: getDashboard },
  { name: 'getDashboardFile', route: 'dashboard/{file}', methods: get, handler: getDashboardFile },
  { name: 'getReference', route: 'reference', methods: get, handler: getReference },
  { name: 'getReferenceFile', route: 'reference/{file}', methods: get, handler: getReferenceFile },
  { name: 'getOpenApi', route: 'openapi.json', methods: get, handler: getOpenApi },
  { name: 'getOpenApi30', route: 'openapi-3.0.json', methods: get, handler: getOpenApi30 },
  { name: 'getSwagger', route: 'swagger.json', methods: get, handler: getSwagger },
  { name: 'getHealth', route: 'health', methods: get, handler: getHealth },
] as const;
const unknown = {
  name: 'zzUnknownRoute',
  route: '{*path}',
  methods: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'] satisfies HttpMethod[],
  handler: unknownRoute(routes),
} as const;

// Who may call: callers/access.ts. What the host asks for is fixed here, for as long as the app runs.
const authentication = readAuthentication();
if (authentication.mode === 'misconfigured') {
  console.error(`Every request is refused: ${authentication.reason}`);
}
const guard = guardOf(authentication);
for (const { name, route, methods, handler } of [...routes, unknown]) {
  registerRoute(name, {
    route,
    methods,
    authLevel: authLevelOf(authentication, access[name]),
    handler: handle(handler, { guard, access: access[name] }),
  });
}

// Every night at three.
registerTimer('purgeEndedRuns', { schedule: '0 0 3 * * *', handler: purgeEndedRuns });
// The platform puts the setting in, and cannot load a timer whose setting is missing.
if (process.env.DRIFT_SCHEDULE?.trim()) {
  registerTimer('startDriftCheck', { schedule: '%DRIFT_SCHEDULE%', handler: startDriftCheck });
}

// Every five minutes, where somebody reads the metrics.
if (telemetry) registerTimer('reportDeployments', { schedule: '0 */5 * * * *', handler: reportDeployments });

// Orchestrations.
registerOrchestration('deployment', deploymentOrchestrator);
registerOrchestration('undo', undoOrchestrator);
registerOrchestration('callback', callbackOrchestrator);
registerOrchestration('expiry', expiryOrchestrator);
registerOrchestration('follow', followOrchestrator);
registerOrchestration('driftCheck', driftCheckOrchestrator);
registerOrchestration('driftReport', driftReportOrchestrator);
// One handler; its names say which branch an instance drives.
for (const { name } of branchSteps()) registerOrchestration(branchOrchestratorName(name), branchOrchestrator);

// Activities: the preflight, and one for each step.
registerTaskHubActivity(preflight.activity, preflightActivity);
for (const { name, activity } of allSteps) registerActivity(activity, implementationOf(name).activity);

// Activities of the undo.
registerTaskHubActivity(undo.stop.activity, stopActivity);
registerTaskHubActivity(undo.findOwned.activity, findOwnedActivity);
registerActivity(undo.deleteResource.activity, deleteResourceActivity);
registerActivity(undo.purgeVault.activity, purgeVaultActivity);

// Activities of callbacks.
registerTaskHubActivity(callbacks.findEvents.activity, findEventsActivity);
registerActivity(callbacks.sendMessage.activity, sendMessageActivity);

// Activities of what follows a cancel.
registerTaskHubActivity(follow.findUnderWay.activity, findUnderWayActivity);
registerActivity(follow.followOperation.activity, followOperationActivity);
registerTaskHubActivity(follow.deleteCancelled.activity, deleteCancelledActivity);

// The activity of expiry.
registerTaskHubActivity(expiry.checkExpiry.activity, checkExpiryActivity);

// Activities of the check for drift.
registerTaskHubActivity(drift.findDeployed.activity, findDeployedActivity);
registerTaskHubActivity(drift.checkDrift.activity, checkDriftActivity);
