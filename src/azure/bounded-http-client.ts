import { Readable } from 'node:stream';
import {
  createPipelineRequest,
  type HttpClient,
  isRestError,
  type PipelineRequest,
  type PipelineResponse,
  RestError,
} from '@azure/core-rest-pipeline';
import { beyondBound } from './beyond-bound.ts';
import { MAX_ANSWER_BYTES, MAX_JSON_DEPTH } from './bounds.ts';
import { correlationIdOf } from './correlation-id.ts';
import { isDeeperThan } from './json-depth.ts';

/**
 * Wraps a transport, below all policies, so that no answer takes more memory or time than it may: it is read as a stream, which ends at the bound (after
 * decompression) or with the request's time limit. The SDKs' own reader has neither bound nor the code of an error in the middle of a body.
 *
 * The returned client throws AzureOperationError `AnswerTooLarge` or `AnswerTooDeep`, RestError `RequestTimeout`, or RestError with the code of the connection's error.
 */
export const boundedHttpClient = (client: HttpClient, most = MAX_ANSWER_BYTES): HttpClient => ({
  async sendRequest(request) {
    const limit = timeLimit(request);
    try {
      const { readableStreamBody, ...response } = await client.sendRequest(streamed(request, limit.signal));
      if (!readableStreamBody) return { ...response, request };
      const body = await readAtMost(readableStreamBody, most, lengthOf(response));
      if (body === undefined) throw tooLarge(response, request, most);
      return { ...response, request, ...asWanted(request, response, body) };
    } catch (error) {
      throw limit.hasPassed() ? tooLate(request) : withCode(error, request);
    } finally {
      limit.end();
    }
  },
});

/** The same request, answered as a stream. A copy: policies above hold on to the original. */
const streamed = (request: PipelineRequest, abortSignal: AbortSignal): PipelineRequest =>
  Object.assign(createPipelineRequest({ url: request.url }), request, {
    streamResponseStatusCodes: new Set([Number.POSITIVE_INFINITY]),
    abortSignal,
    // Theirs ends with the headers of such an answer; ours with its body.
    timeout: 0,
  });

const timeLimit = ({ timeout, abortSignal }: PipelineRequest) => {
  const ending = new AbortController();
  const abort = (): void => ending.abort();
  let passed = false;
  const timer =
    timeout > 0
      ? setTimeout(() => {
          passed = true;
          abort();
        }, timeout)
      : undefined;
  if (abortSignal?.aborted) abort();
  abortSignal?.addEventListener('abort', abort);
  return {
    signal: ending.signal,
    hasPassed: () => passed,
    end: () => {
      clearTimeout(timer);
      abortSignal?.removeEventListener('abort', abort);
    },
  };
};

const lengthOf = ({ headers }: PipelineResponse): number => Number(headers.get('content-length') ?? 0);

/** Undefined past the bound; what is left is not read then, and the connection is closed. */
const readAtMost = async (
  stream: NodeJS.ReadableStream,
  most: number,
  announced: number,
): Promise<Buffer | undefined> => {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of stream) {
    const buffer = Buffer.from(chunk);
    bytes += buffer.length;
    if (Math.max(bytes, announced) > most) return undefined;
    chunks.push(buffer);
  }
  return Buffer.concat(chunks);
};

/** As text or, where the request asked for it, as a stream. */
const asWanted = (
  { streamResponseStatusCodes, method, url }: PipelineRequest,
  { status, headers }: PipelineResponse,
  body: Buffer,
): Pick<PipelineResponse, 'bodyAsText' | 'readableStreamBody'> => {
  const bodyAsText = body.toString('utf8');
  if (isDeeperThan(bodyAsText, MAX_JSON_DEPTH)) {
    const message = `${method} ${new URL(url).host} answered JSON that is nested more than ${MAX_JSON_DEPTH} levels deep: it was not parsed.`;
    throw beyondBound('AnswerTooDeep', message, correlationIdOf(headers));
  }
  const wantsStream =
    streamResponseStatusCodes?.has(status) || streamResponseStatusCodes?.has(Number.POSITIVE_INFINITY);
  return wantsStream ? { readableStreamBody: Readable.from([body]) } : { bodyAsText };
};

const tooLarge = ({ status, headers }: PipelineResponse, { method, url }: PipelineRequest, most: number) =>
  beyondBound(
    'AnswerTooLarge',
    `${method} ${new URL(url).host} answered HTTP ${status} with more than ${most / 1024 / 1024} MB: the answer was not read to its end.`,
    correlationIdOf(headers),
  );

const tooLate = (request: PipelineRequest): RestError =>
  new RestError(`${new URL(request.url).host} did not answer in full within ${request.timeout / 1000} seconds.`, {
    code: 'RequestTimeout',
    request,
  });

/** An error while the body was read has its code: the SDKs' transport gives one to errors before it only. */
const withCode = (error: unknown, request: PipelineRequest): unknown => {
  if (!(error instanceof Error) || isRestError(error) || error.name === 'AbortError') return error;
  if (!('code' in error) || typeof error.code !== 'string') return error;
  return new RestError(error.message, { code: error.code, request });
};
