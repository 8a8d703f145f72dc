import { request as httpRequest } from 'node:http';
import type { HttpClient, PipelineRequest, PipelineResponse, RawHttpHeaders } from '@azure/core-rest-pipeline';
import { createHttpHeaders, RestError } from '@azure/core-rest-pipeline';

/** Sends every request of the SDKs to the simulator, with the Host header of the service that it was meant for. */
export const loopbackClient = (url: string): HttpClient => ({
  sendRequest: (request: PipelineRequest): Promise<PipelineResponse> =>
    new Promise((resolve, reject) => {
      const target = new URL(request.url);
      const base = new URL(url);
      const body = typeof request.body === 'string' ? request.body : undefined;
      const outgoing = httpRequest(
        {
          host: base.hostname,
          port: base.port,
          method: request.method,
          path: `${target.pathname}${target.search}`,
          headers: {
            ...request.headers.toJSON(),
            host: target.host,
            ...(body !== undefined && { 'content-length': Buffer.byteLength(body) }),
          },
        },
        (incoming) => {
          const chunks: Buffer[] = [];
          incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
          incoming.on('end', () =>
            resolve({
              request,
              status: incoming.statusCode ?? 0,
              headers: createHttpHeaders(
                Object.fromEntries(
                  Object.entries(incoming.headers).map(([name, value]) => [name, String(value)]),
                ) satisfies RawHttpHeaders,
              ),
              bodyAsText: Buffer.concat(chunks).toString('utf8'),
            }),
          );
          incoming.on('error', reject);
        },
      );
      outgoing.on('error', (error: NodeJS.ErrnoException) =>
        reject(new RestError(error.message, { code: error.code ?? 'REQUEST_SEND_ERROR', request })),
      );
      outgoing.end(body);
    }),
});
