import { GlideRecord } from '@servicenow/glide';
import { callService } from './call-service.ts';
import { requestCancel } from './cancel-deployment.ts';
import { asObject, asText, type JsonObject } from './json.ts';
import { outcomeOf } from './outcome.ts';
import { startDeployment } from './start-deployment.ts';
import { DEPLOYMENTS } from './tables.ts';
import { writeOutcome } from './write-outcome.ts';

/** So many are checked in one go, those first that nothing happened to for the longest time. */
const LIMIT = 100;

/** Catches up on whatever went wrong on the way: a start that was not accepted, a cancel that was not heard, a callback that never came. */
export const reconcile = (): void => {
  const deployment = new GlideRecord(DEPLOYMENTS);
  deployment.addQuery('status', 'IN', 'requested,running,cancelling');
  deployment.orderBy('sys_updated_on');
  deployment.setLimit(LIMIT);
  deployment.query();
  while (deployment.next()) {
    const status = deployment.getValue('status');
    if (status === 'requested') startDeployment(deployment);
    else {
      if (status === 'cancelling') requestCancel(deployment);
      lookAt(deployment);
    }
  }
};

const lookAt = (deployment: GlideRecord): void => {
  const path = `/deployments/${encodeURIComponent(deployment.getValue('deployment_id') ?? '')}`;
  const { status, body } = callService('GET', path);
  if (status === 404) {
    writeOutcome(deployment, {
      status: 'failed',
      outputs: {},
      error: 'The service does not know the deployment any more.',
      remedy: '',
    });
  }
  if (status !== 200) return;
  const outcome = outcomeOf(ofRun(body, deployment.getValue('run') ?? ''));
  if (!outcome) return;
  if (outcome.status !== 'succeeded') {
    writeOutcome(deployment, outcome);
    return;
  }
  // Without an answer here the next check brings it.
  const outputs = callService('GET', `${path}/outputs?format=json`);
  if (outputs.status === 200) writeOutcome(deployment, { ...outcome, outputs: outputs.body });
};

/** The part of the status document that is about one run: another may have taken its place. */
const ofRun = (document: JsonObject, run: string): JsonObject => {
  if (run === '' || asText(document.run) === run) return document;
  const earlier = Array.isArray(document.earlierRuns) ? document.earlierRuns.map(asObject) : [];
  return (
    earlier.find((each) => asText(each.run) === run) ?? {
      status: 'Failed',
      reason: 'The service does not know this run any more; later ones have taken its place.',
    }
  );
};
