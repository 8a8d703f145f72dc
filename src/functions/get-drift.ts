import type { HttpResponseInit } from '@azure/functions';
import { driftInstanceId } from '../deployment/names/instance-ids.ts';
import { unchangedRun } from '../deployment/run/deployed.ts';
import { driftReportFor } from '../deployment/run/stored/stored-drift.ts';
import { findWhatExists } from '../task-hub/find-what-exists.ts';
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
  const { id } = loaded.record;
  const urls = deploymentUrls(request, id);
  const [instance, exists] = await Promise.all([hub.find(driftInstanceId(id)), findWhatExists(hub, loaded)]);
  const report = instance && driftReportFor(unchangedRun(exists), instance);
  if (report) return { headers: { 'Cache-Control': 'no-store' }, jsonBody: { id, ...report, urls } };
  throw new ProblemError(
    404,
    'no-drift-report',
    'The deployment was not checked for drift',
    `What exists of the deployment "${id}" has not been checked for drift. Deployments that succeeded, and that no later run has changed, are checked when the app setting DRIFT_SCHEDULE says; POST /api/plans with the same body checks now.`,
    { extensions: { id, urls } },
  );
};
