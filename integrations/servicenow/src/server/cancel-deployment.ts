import type { GlideRecord } from '@servicenow/glide';
import { callService } from './call-service.ts';
import { hasEnded } from './deployment-status.ts';
import { findDeployment } from './find-deployment.ts';
import { asText } from './json.ts';
import { writeOutcome } from './write-outcome.ts';

/** When a requested item is closed while its deployment goes on, somebody cancelled the request: the deployment is stopped. */
export const cancelForRequest = (requestItem: GlideRecord): void => {
  const deployment = findDeployment('request_item', requestItem.getUniqueValue());
  if (deployment && !hasEnded(deployment.getValue('status'))) requestCancel(deployment);
};

/** Asks the service to stop a deployment; what does not succeed `reconcile` does again. */
export const requestCancel = (deployment: GlideRecord): void => {
  const id = deployment.getValue('deployment_id') ?? '';
  if (id === '') {
    writeOutcome(deployment, {
      status: 'cancelled',
      outputs: {},
      error: 'The request was cancelled before the start.',
      remedy: '',
    });
    return;
  }
  deployment.setValue('status', 'cancelling');
  deployment.update();
  sendCancel(id, deployment.getValue('run') ?? '');
};

/** Another run may have taken the place of the one that was ordered here: that is somebody else's, and goes on. */
export const sendCancel = (id: string, run: string): void => {
  const path = `/deployments/${encodeURIComponent(id)}`;
  const { status, body } = callService('GET', path);
  if (status === 200 && asText(body.run) === run) callService('POST', `${path}/cancel`);
};
