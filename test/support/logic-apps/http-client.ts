import type { Clock } from '../../../local/clock/clock.ts';
import type { ActionRequest } from './workflow-definition.ts';

export interface ActionResponse {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

export interface HttpClientOptions {
  readonly clock: Clock;
  /** The token of the logic app's identity. */
  readonly token: (audience: string) => string;
  readonly send?: typeof fetch;
}

/** Multitenant Logic Apps; https://learn.microsoft.com/azure/logic-apps/logic-apps-limits-and-config#timeout-duration */
const REQUEST_TIMEOUT_MS = 120_000;

/** Where an answer 202 gives no Retry-After; https://learn.microsoft.com/azure/logic-apps/logic-apps-create-api-app#async-pattern */
const DEFAULT_POLL_SECONDS = 20;

/** The default retry policy: exponential, 4 retries scaled by 7.5 s, within 5 and 45 s; https://learn.microsoft.com/azure/logic-apps/error-exception-handling#retry-policies */
const RETRIES = 4;
const RETRY_SECONDS = { scale: 7.5, least: 5, most: 45 };

/** Request headers that an HTTP action drops; https://learn.microsoft.com/azure/connectors/connectors-native-http#content-with-multipartform-data-type */
const STRIPPED =
  /^(accept-.*|allow|content-(?!disposition$|encoding$|type$).*|cookie|expires|host|last-modified|origin|set-cookie|transfer-encoding)$/i;

/**
 * Sends requests as the HTTP action of Logic Apps does: with a limit of 120 s, retries on 408, 429 and 5xx only, and an answer 202 followed over `Location`
 * until another comes.
 */
export class LogicAppsHttpClient {
  readonly #options: HttpClientOptions;

  constructor(options: HttpClientOptions) {
    this.#options = options;
  }

  /** The request and its retries; the last answer whatever it is. */
  async request(request: ActionRequest): Promise<ActionResponse> {
    for (let retry = 0; ; retry++) {
      const response = await this.#once(request);
      if (!isRetried(response.statusCode) || retry === RETRIES) return response;
      const seconds = Math.min(RETRY_SECONDS.most, Math.max(RETRY_SECONDS.least, RETRY_SECONDS.scale * 2 ** retry));
      await elapse(this.#options.clock, seconds * 1000);
    }
  }

  /** The asynchronous pattern: any answer but 202 ends the loop. */
  async requestAndPoll(request: ActionRequest, deadline: number): Promise<ActionResponse | 'timed out'> {
    const { clock } = this.#options;
    let response = await this.request(request);
    while (response.statusCode === 202 && response.headers.location !== undefined) {
      const seconds = Number(response.headers['retry-after'] ?? DEFAULT_POLL_SECONDS);
      if (!Number.isInteger(seconds)) throw new Error(`Retry-After is ${response.headers['retry-after']}.`);
      if (clock.now() + seconds * 1000 > deadline) return 'timed out';
      await elapse(clock, seconds * 1000);
      // The action's authentication goes along (Azure/logicapps#611); that its headers do is written nowhere, so they do not.
      const { authentication } = request;
      response = await this.request({ method: 'GET', uri: response.headers.location, authentication });
    }
    return response;
  }

  async #once({ method, uri, headers = {}, body, authentication }: ActionRequest): Promise<ActionResponse> {
    const kept = Object.entries(headers).filter(([name]) => !STRIPPED.test(name));
    const { send = fetch, token } = this.#options;
    let response: Response;
    try {
      response = await send(uri, {
        method,
        headers: {
          ...Object.fromEntries(kept),
          ...(body !== undefined && { 'Content-Type': 'application/json' }),
          ...(authentication && { Authorization: `Bearer ${token(authentication.audience)}` }),
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
        signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS),
      });
    } catch {
      // A connection that failed counts as a server's fault.
      return { statusCode: 502, headers: {}, body: null };
    }
    const text = await response.text();
    const json = /^application\/(\w+\+)?json\b/.test(response.headers.get('content-type') ?? '');
    return {
      statusCode: response.status,
      headers: Object.fromEntries(response.headers),
      body: json ? JSON.parse(text) : text,
    };
  }
}

const isRetried = (status: number): boolean => status === 408 || status === 429 || status >= 500;

/** Lets modelled time pass, as somebody outside: unlike `sleep` this does not count as parked work of the emulators. */
const elapse = (clock: Clock, durationMs: number): Promise<void> =>
  new Promise((resolve) => void clock.schedule(clock.now() + durationMs, resolve));
