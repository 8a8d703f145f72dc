import { RESTMessageV2 } from '@servicenow/glide/sn_ws';
import { asObject, type JsonObject, parseJson } from './json.ts';
import { serviceConnection } from './service-connection.ts';

export interface ServiceAnswer {
  /** The HTTP status; 0 when no answer came. */
  readonly status: number;
  /** The answer's body; empty when it is no JSON object. */
  readonly body: JsonObject;
  /** Why no answer came. */
  readonly error: string;
}

/** The service answers at once: what takes long it does after the answer. */
const TIMEOUT_MS = 30_000;

/**
 * Sends a request to the service. Never throws.
 *
 * @param path - below `/api`.
 */
export const callService = (method: 'GET' | 'POST', path: string, body?: JsonObject): ServiceAnswer => {
  try {
    const { baseUrl, functionKey } = serviceConnection();
    const message = new RESTMessageV2();
    message.setEndpoint(`${baseUrl}${path}`);
    message.setHttpMethod(method);
    message.setHttpTimeout(TIMEOUT_MS);
    message.setRequestHeader('Accept', 'application/json');
    if (functionKey !== '') message.setRequestHeader('x-functions-key', functionKey);
    if (body !== undefined) {
      message.setRequestHeader('Content-Type', 'application/json');
      message.setRequestBody(JSON.stringify(body));
    }
    const response = message.execute();
    const status = Number(response.getStatusCode()) || 0;
    // haveError() holds for answers such as 409, too: the status shows whether one came.
    if (status === 0) return noAnswer(response.getErrorMessage() || 'The service did not answer.');
    return { status, body: asObject(parseJson(response.getBody() ?? '')), error: '' };
  } catch (error) {
    return noAnswer(error instanceof Error ? error.message : String(error));
  }
};

const noAnswer = (error: string): ServiceAnswer => ({ status: 0, body: {}, error });

/** Whether the same request may get another answer later. */
export const isTransient = ({ status }: ServiceAnswer): boolean =>
  status === 0 || status === 408 || status === 429 || status >= 500;
