import { CertificateEncryption, gs } from '@servicenow/glide';
import type { RESTAPIRequest, RESTAPIResponse } from '@servicenow/glide/sn_ws_int';
import { findDeployment } from './find-deployment.ts';
import { asObject, asText, parseJson } from './json.ts';
import { outcomeOf } from './outcome.ts';
import { signingSecrets } from './signing-secrets.ts';
import { distrustOf, type SignedMessage } from './verify-signature.ts';
import { writeOutcome } from './write-outcome.ts';

interface Reply {
  readonly status: number;
  readonly message: string;
}

/**
 * `POST /api/x_airaks_deploy/callback/deployments`: takes the service's signed message about the end of a deployment. The resource is public, for the
 * sender has no user here: nothing is read from the message before its signature is verified.
 *
 * The sender takes 2xx as delivered, 410 as "no more of these", and sends again after everything else, for three days.
 */
export const receiveCallback = (request: RESTAPIRequest, response: RESTAPIResponse): void => {
  const { status, message } = reply(request);
  response.setStatus(status);
  response.setBody({ message });
};

const reply = (request: RESTAPIRequest): Reply => {
  try {
    const secrets = signingSecrets();
    if (secrets.length === 0) return { status: 503, message: 'The secret of the callbacks is not set up here.' };
    const message = messageOf(request);
    const distrust = distrustOf(message, secrets, Date.now(), mac);
    return distrust === undefined ? take(message) : { status: 401, message: distrust };
  } catch (error) {
    gs.error(`Airflow on AKS: a callback could not be taken in: ${error instanceof Error ? error.message : error}`);
    return { status: 500, message: 'The message could not be taken in.' };
  }
};

const messageOf = (request: RESTAPIRequest): SignedMessage => ({
  id: request.getHeader('webhook-id') ?? '',
  timestamp: request.getHeader('webhook-timestamp') ?? '',
  signature: request.getHeader('webhook-signature') ?? '',
  body: request.body.dataString ?? '',
});

/**
 * https://www.servicenow.com/docs/r/api-reference/server-api-reference/c_CertificateEncryptionScopedAPI.html
 * Unverified: that it takes text as UTF-8. If not, a message with other letters than ASCII is refused, and `reconcile` brings what it said.
 */
const mac = (key: string, data: string): string => new CertificateEncryption().generateMac(key, 'HmacSHA256', data);

/** Whatever comes twice, late or out of order changes nothing: the first end counts. */
const take = ({ id, body }: SignedMessage): Reply => {
  const message = asObject(parseJson(body));
  const type = asText(message.type);
  const data = asObject(message.data);
  const correlationId = asText(data.correlationId);
  if (type === '' || correlationId === '')
    return { status: 400, message: 'type and data.correlationId must be there.' };
  if (type !== 'deployment.ended') return { status: 200, message: 'Not of interest here.' };
  const outcome = outcomeOf(data);
  if (!outcome) return { status: 400, message: 'data.status must be Succeeded, Failed or Cancelled.' };

  const deployment = findDeployment('correlation_id', correlationId);
  if (!deployment) return { status: 410, message: 'No request of this number is waited for.' };
  const run = deployment.getValue('run') ?? '';
  if (run !== '' && run !== asText(data.run)) return { status: 200, message: 'Of another run.' };

  deployment.setValue('deployment_id', asText(data.id));
  deployment.setValue('run', asText(data.run));
  deployment.setValue('message_id', id);
  return { status: 200, message: writeOutcome(deployment, outcome) ? 'Taken in.' : 'Known already.' };
};
