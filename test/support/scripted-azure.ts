import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, vi } from 'vitest';

/** What Azure answers: a status alone, or with a body (JSON unless it is text) and headers; or a connection that it resets when it has read the request. */
export type Answer =
  | number
  | 'reset'
  | {
      readonly status?: number;
      readonly body?: unknown;
      readonly headers?: Readonly<Record<string, string>>;
    };

/** An answer, or how it depends on the request. */
export type Script = Answer | ((request: AzureRequest) => Answer);

/** A request that the code under test has sent, but for those for tokens of the app. */
export interface AzureRequest {
  readonly method: string;
  /** The whole address, as if Azure had been asked. */
  readonly url: string;
  /** Method, host and path in one, as {@link ScriptedAzure.on} takes them: no host stands for Resource Manager's. */
  readonly route: string;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** Parsed when it is JSON. */
  readonly body: unknown;
}

/** An Azure that answers what a test has written down. */
export interface ScriptedAzure {
  /**
   * Sets what a route answers: one script after the other, the last one for ever.
   *
   * @param route - `GET /subscriptions/…` for Resource Manager, `GET https://kv.vault.azure.net/…` for others; without query, in any case.
   */
  on(route: string, ...scripts: readonly [Script, ...Script[]]): void;
  /** All requests of this test, the oldest first. */
  readonly requests: readonly AzureRequest[];
  /** The routes of all requests of this test: what was asked, in which order. */
  readonly routes: readonly string[];
  /** The only request to a route. */
  request(route: string): AzureRequest;
}

export const SCRIPTED_TENANT_ID = 'aaaaaaaa-0000-4000-8000-000000000001';
/** Who the app is to Azure. */
export const SCRIPTED_OBJECT_ID = 'aaaaaaaa-0000-4000-8000-000000000002';

/** An error as Resource Manager answers it. */
export const azureError = (status: number, code: string, message = code): Answer => ({
  status,
  body: { error: { code, message } },
});

/** What Azure answers for something that does not exist. */
export const NOT_FOUND = azureError(404, 'ResourceNotFound', 'It does not exist.');

/**
 * Gives the code of src an Azure that answers what each test writes down. Its real SDK clients send real requests over loopback, in simulator mode.
 * A request that no script expects fails the test.
 */
export const useScriptedAzure = (): ScriptedAzure => {
  const scripts = new Map<string, Script[]>();
  const requests: AzureRequest[] = [];
  const unexpected: string[] = [];
  const answerTo = (request: AzureRequest): Answer => {
    requests.push(request);
    const waiting = scripts.get(request.route.toLowerCase());
    const script = waiting && waiting.length > 1 ? waiting.shift() : waiting?.[0];
    if (script !== undefined) return typeof script === 'function' ? script(request) : script;
    unexpected.push(request.route);
    return azureError(501, 'NotScripted', `The test has no answer for ${request.route}`);
  };
  beforeEach(async () => {
    vi.stubEnv('AZURE_SIMULATOR_URL', await listenTo(answerTo));
  });
  afterEach(() => {
    const asked = unexpected.splice(0);
    scripts.clear();
    requests.length = 0;
    vi.unstubAllEnvs();
    expect(asked, 'requests without a scripted answer').toEqual([]);
  });
  return {
    on: (route, ...all) => scripts.set(route.toLowerCase(), [...all]),
    requests,
    get routes() {
      return requests.map(({ route }) => route);
    },
    request: (route) => {
      const [request, ...more] = requests.filter((each) => each.route.toLowerCase() === route.toLowerCase());
      if (!request || more.length > 0)
        throw new Error(`${route} was requested ${request ? 'twice or more' : 'never'}.`);
      return request;
    },
  };
};

/** The server of this thread, and who answers its requests now. It outlives the module: src keeps clients that know its port. */
interface Listener {
  readonly url: string;
  answerTo: (request: AzureRequest) => Answer;
}

declare global {
  var scriptedAzureListener: Promise<Listener> | undefined;
}

const listenTo = async (answerTo: Listener['answerTo']): Promise<string> => {
  globalThis.scriptedAzureListener ??= startListener();
  const listener = await globalThis.scriptedAzureListener;
  listener.answerTo = answerTo;
  return listener.url;
};

const startListener = async (): Promise<Listener> => {
  const server = createServer(async (incoming, response) => {
    if (incoming.url?.startsWith('/msi/token')) reply(response, { body: TOKEN });
    else reply(response, listener.answerTo(await readRequest(incoming)));
  });
  server.on('connection', (socket) => socket.unref());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve).unref());
  const { port }: AddressInfo = Object(server.address());
  const listener: Listener = { url: `http://127.0.0.1:${port}`, answerTo: () => 501 };
  return listener;
};

const readRequest = async (incoming: IncomingMessage): Promise<AzureRequest> => {
  const { method = '', headers } = incoming;
  const url = new URL(incoming.url ?? '', `https://${headers.host}`);
  const host = url.host === 'management.azure.com' ? '' : url.origin;
  return {
    method,
    url: url.href,
    route: `${method} ${host}${url.pathname}`,
    query: Object.fromEntries(url.searchParams),
    headers,
    body: parsed(await text(incoming)),
  };
};

const parsed = (body: string): unknown => {
  try {
    return JSON.parse(body);
  } catch {
    return body === '' ? undefined : body;
  }
};

const reply = (response: ServerResponse, answer: Answer): void => {
  if (answer === 'reset') return void response.socket?.resetAndDestroy();
  const { status = 200, body, headers = {} } = typeof answer === 'number' ? { status: answer } : answer;
  const isText = typeof body === 'string';
  response.writeHead(status, { ...(!isText && { 'content-type': 'application/json' }), ...headers });
  response.end(isText ? body : body === undefined ? undefined : JSON.stringify(body));
};

const claims = Buffer.from(JSON.stringify({ oid: SCRIPTED_OBJECT_ID, tid: SCRIPTED_TENANT_ID })).toString('base64url');
const TOKEN = { access_token: `e30.${claims}.`, expires_on: '4102444800' };
