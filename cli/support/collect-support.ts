import { CommandError } from '../../command-line/command-errors.ts';
import { type ApiClient, type ApiRequest, deploymentPath } from '../service/api-client.ts';
import { ApiError } from '../service/api-error.ts';
import { redact } from './redact.ts';

/** One thing that was asked of the service, and what came of it. */
export interface SupportEntry {
  readonly name: string;
  /** Method and path. */
  readonly request: string;
  readonly status?: number;
  /** By the service's clock. */
  readonly date?: string;
  /** What others find the request by, in their logs. */
  readonly ids?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** Why there is no answer. */
  readonly error?: string;
}

const IDS =
  /^(x-azure-ref|apim-request-id|request-context|traceparent|x-ms-(request|correlation-request|invocation)-id)$/;

/** Asks, and keeps what came of it: that the service does not answer is worth knowing too. */
export const ask = async (
  api: ApiClient,
  name: string,
  request: ApiRequest,
  secrets: readonly string[],
): Promise<SupportEntry> => {
  const asked = { name, request: `${request.method ?? 'GET'} ${request.path}` };
  try {
    const { status, headers, text } = await api.send({ timeoutSeconds: 60, ...request });
    const ids = Object.fromEntries([...headers].filter(([header]) => IDS.test(header)));
    const date = headers.get('date');
    return {
      ...asked,
      status,
      ...(date !== null && { date }),
      ...(Object.keys(ids).length > 0 && { ids }),
      body: redact(parse(text), secrets),
    };
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    const problem = error instanceof ApiError ? { status: error.status, body: redact(error.problem, secrets) } : {};
    return { ...asked, ...problem, error: String(redact(error.message, secrets)) };
  }
};

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
};

/** What is asked of the service about a deployment. Nothing of it changes anything; the kubeconfig is not among it. */
export const supportRequests = (id: string): readonly (readonly [name: string, request: ApiRequest])[] => [
  ['health', { path: '/health' }],
  ['contract', { path: '/openapi.json' }],
  ['status', { path: deploymentPath(id) }],
  ['result', { path: `${deploymentPath(id)}/result` }],
  ['drift', { path: `${deploymentPath(id)}/drift` }],
  ['list', { path: '/deployments', query: { top: '50' } }],
];

/** The durable instances of a deployment, with their histories: by the management API of the Durable Task extension, which takes its own key. */
export const historyRequests = (id: string, run: string | undefined): readonly (readonly [string, ApiRequest])[] => {
  const branches = ['vault', 'cluster', 'registry', 'storage', 'identity'].map((branch) => `s:${id}:${run}:${branch}`);
  const ofRun = run === undefined ? [] : [...branches, `c:${id}:${run}`, `e:${id}:${run}`];
  return [`d:${id}`, `u:${id}`, ...ofRun].map((instance) => [
    `history ${instance}`,
    {
      path: `/runtime/webhooks/durabletask/instances/${encodeURIComponent(instance)}`,
      query: { showHistory: 'true', showHistoryOutput: 'true', showInput: 'true' },
    },
  ]);
};
