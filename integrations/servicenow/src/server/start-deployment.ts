import type { GlideRecord } from '@servicenow/glide';
import { callService, isTransient, type ServiceAnswer } from './call-service.ts';
import { callbackUrl } from './callback-url.ts';
import { sendCancel } from './cancel-deployment.ts';
import { findDeployment } from './find-deployment.ts';
import { asText } from './json.ts';
import { orderedValues } from './ordered-values.ts';
import { problemText } from './problem-text.ts';
import { requestBody } from './request-body.ts';
import { writeOutcome } from './write-outcome.ts';

/**
 * Starts an ordered deployment. Safe to do again: the service answers the same body with the run that is under way. After a transient failure the record
 * stays as it is, and `reconcile` tries again.
 */
export const startDeployment = (current: GlideRecord): void => {
  const values = orderedValues(current.getValue('request_item') ?? '');
  const correlationId = current.getValue('correlation_id') ?? '';
  const answer =
    values && callService('POST', '/deployments', requestBody(values, { correlationId, callbackUrl: callbackUrl() }));

  // The request may have taken half a minute: the callback may have come, or the request been cancelled.
  const deployment = findDeployment('sys_id', current.getUniqueValue());
  if (!deployment) return;
  if (deployment.getValue('status') !== 'requested') stopUnwanted(deployment, answer);
  else if (!answer) refuse(deployment, 'The requested item is gone.', '');
  else if (answer.status === 202) accept(deployment, answer);
  else if (isTransient(answer)) note(deployment, answer);
  else refuse(deployment, problemText(answer.status, answer.body), remedyOf(answer));
};

/** Without a run the end did not come by a callback: the request was given up meanwhile, and nobody waits for what was just started. */
const stopUnwanted = (deployment: GlideRecord, answer: ServiceAnswer | undefined): void => {
  if (answer?.status !== 202 || deployment.getValue('run')) return;
  sendCancel(asText(answer.body.id), asText(answer.body.run));
};

const accept = (deployment: GlideRecord, { body }: ServiceAnswer): void => {
  deployment.setValue('status', 'running');
  deployment.setValue('deployment_id', asText(body.id));
  deployment.setValue('run', asText(body.run));
  deployment.setValue('error', '');
  deployment.update();
};

/** For operators, who see it in the list. */
const note = (deployment: GlideRecord, { status, body, error }: ServiceAnswer): void => {
  deployment.setValue('error', status === 0 ? error : problemText(status, body));
  deployment.update();
};

const refuse = (deployment: GlideRecord, error: string, remedy: string): void => {
  writeOutcome(deployment, { status: 'failed', outputs: {}, error, remedy });
};

const remedyOf = ({ status }: ServiceAnswer): string => {
  if (status === 401 || status === 403) {
    return 'Have the function key in the credential of the alias "Airflow on AKS" put right, then order again.';
  }
  if (status === 409)
    return 'Wait for the end of the other deployment, then order again, or choose another resource group.';
  return 'Order again with other values.';
};
