import type { HttpResponseInit } from '@azure/functions';
import { driftInstanceId } from '../deployment/names/instance-ids.ts';
import { driftReportFor } from '../deployment/run/stored-drift.ts';
import { findUndo } from '../task-hub/find-undo.ts';
import { deploymentUrls } from './http/deployment-urls.ts';
import type { Call } from './http/handle.ts';
import { loadRecord } from './http/load-deployment.ts';
import { refuseQuery } from './http/parse-query.ts';
import { ProblemError } from './http/problem.ts';

/** `GET /api/deployments/{id}/drift`: what the last scheduled check found that is not as the deployment left it. */
export const getDrift = async (call: Call): Promise<HttpResponseInit> => {
  const { request, hub } = call;
  refuseQuery(request);
  const loaded = await loadRecord(call);
  const { id, runId } = loaded.record;
  const urls = deploymentUrls(request, id);
  const [instance, undo] = await Promise.all([hub.find(driftInstanceId(id)), findUndo(hub, loaded)]);
  const report = instance && !undo ? driftReportFor(runId, instance) : undefined;
  if (report) return { headers: { 'Cache-Control': 'no-store' }, jsonBody: { id, ...report, urls } };
  throw new ProblemError(
    404,
    'no-drift-report',
    'The deployment was not checked for drift',
    `The last run of the deployment "${id}" has not been checked for drift. Deployments that succeeded are checked when the app setting DRIFT_SCHEDULE says; POST /api/plans with the same body checks now.`,
    { extensions: { id, urls } },
  );
};
