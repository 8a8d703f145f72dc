import * as z from 'zod';
import { CommandError } from '../../command-line/command-errors.ts';
import { ApiError, UnreachableError } from './api-error.ts';
import type { Connection } from './connection.ts';
import { problemSchema } from './problem.ts';
import { readText } from './read-text.ts';

/** What is asked of the service. */
export interface ApiRequest {
  readonly method?: 'GET' | 'POST' | 'DELETE';
  /** Under the base, e.g. `/deployments`. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string | undefined>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** Until the answer has to be there. */
  readonly timeoutSeconds?: number;
  readonly signal?: AbortSignal;
}

/** An answer of success, or 304. */
export interface ApiAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** By the service's clock, ms since the epoch: this machine's may be wrong. */
  readonly serviceTime: number;
}

/** Less than Azure's load balancer gives an answer (230 s); a plan reads every resource. */
const TIMEOUT_SECONDS = 200;

/** Asks the service. Addresses in its answers are never followed: what opens the service goes to the base that the person named, and nowhere else. */
export class ApiClient {
  readonly base: string;
  /** Never to be shown. */
  readonly key: string | undefined;
  /** Never to be shown. */
  readonly token: string | undefined;

  constructor({ base, key, token }: Connection) {
    this.base = base;
    this.key = key;
    this.token = token;
  }

  /** @throws ApiError for an answer that is no success, UnreachableError for none. */
  async send({
    method = 'GET',
    path,
    query = {},
    headers,
    body,
    timeoutSeconds,
    signal,
  }: ApiRequest): Promise<ApiAnswer> {
    const url = new URL(this.base + path);
    for (const [name, value] of Object.entries(query)) if (value !== undefined) url.searchParams.set(name, value);
    const timeout = AbortSignal.timeout((timeoutSeconds ?? TIMEOUT_SECONDS) * 1000);
    let response: Response;
    let text: string;
    try {
      response = await fetch(url, {
        method,
        headers: {
          ...headers,
          ...(this.key !== undefined && { 'x-functions-key': this.key }),
          ...(this.token !== undefined && { authorization: `Bearer ${this.token}` }),
          ...(body !== undefined && { 'content-type': 'application/json' }),
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
        redirect: 'manual',
        signal: signal ? AbortSignal.any([timeout, signal]) : timeout,
      });
      text = await readText(response);
    } catch (error) {
      signal?.throwIfAborted();
      if (error instanceof CommandError) throw error;
      throw new UnreachableError(`The service at ${this.base} does not answer: ${reasonOf(error)}.`, error);
    }
    const { status } = response;
    if (response.ok || status === 304) {
      return { status, headers: response.headers, text, serviceTime: timeOf(response.headers.get('date')) };
    }
    if (status >= 300 && status < 400) {
      throw new CommandError(
        `The service at ${this.base} points to another address (HTTP ${status}). Name that one with --url.`,
      );
    }
    throw new ApiError(status, readProblem(text), secondsOf(response.headers.get('retry-after')));
  }

  /** @throws also CommandError when the answer has another shape than the schema's. */
  async read<T>(schema: z.ZodType<T>, request: ApiRequest): Promise<T> {
    return this.parse(schema, (await this.send(request)).text);
  }

  parse<T>(schema: z.ZodType<T>, text: string): T {
    const parsed = schema.safeParse(parseJson(text));
    if (parsed.success) return parsed.data;
    throw new CommandError(
      `What answers at ${this.base} is not this service, or of another release:\n${z.prettifyError(parsed.error)}`,
    );
  }
}

/** A deployment's path under the base. */
export const deploymentPath = (id: string): string => `/deployments/${encodeURIComponent(id)}`;

const readProblem = (text: string): z.output<typeof problemSchema> => {
  const parsed = problemSchema.safeParse(parseJson(text));
  return parsed.success ? parsed.data : { ...(text.trim() !== '' && { detail: text.trim().slice(0, 300) }) };
};

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

const secondsOf = (header: string | null): number | undefined =>
  header !== null && /^\d+$/.test(header) ? Number(header) : undefined;

const timeOf = (date: string | null): number => {
  const time = Date.parse(date ?? '');
  return Number.isNaN(time) ? Date.now() : time;
};

/** `fetch` hides why it failed in the cause, of which an attempt on two addresses has several. */
const reasonOf = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error);
  if (error.name === 'TimeoutError') return 'it took too long';
  const { cause } = error;
  const inner = cause instanceof AggregateError ? cause.errors[0] : cause;
  if (inner instanceof Error && 'code' in inner) return String(inner.code);
  return inner instanceof Error ? inner.message : error.message;
};
