import {
  createHttpHeaders,
  createPipelineRequest,
  type HttpMethods,
  type PipelineResponse,
} from '@azure/core-rest-pipeline';
import { inRequestSpan } from '../telemetry/request-span.ts';
import { MAX_SMALL_ANSWER_BYTES } from './bounds.ts';
import { retryRead } from './retry-read.ts';
import { transport } from './transport.ts';

/** Registries are asked out of courtesy to the caller: nobody waits long for them. */
const TIMEOUT_MS = 4_000;

interface PlainOptions {
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** Sends a request as it is, without a credential of the app, and follows no redirect. @returns the answer, whatever its status. */
export const sendPlain = (method: HttpMethods, url: string, options: PlainOptions = {}): Promise<PipelineResponse> =>
  retryRead((limitMs = TIMEOUT_MS) => sendOnce(method, url, options, Math.min(limitMs, TIMEOUT_MS)));

const sendOnce = (
  method: HttpMethods,
  url: string,
  { headers = {}, body }: PlainOptions,
  timeout: number,
): Promise<PipelineResponse> =>
  inRequestSpan(
    { method, url: new URL(url) },
    // Other services do not get the trace.
    () =>
      transport(MAX_SMALL_ANSWER_BYTES).sendRequest(
        createPipelineRequest({
          method,
          url,
          timeout,
          headers: createHttpHeaders(headers),
          ...(body !== undefined && { body }),
        }),
      ),
    (response) => ({ status: response.status, header: (name) => response.headers.get(name) }),
  );
