import { readFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { runWorkflow } from '../support/logic-apps/run-workflow.ts';
import { type WorkflowDefinition, workflowDefinitionSchema } from '../support/logic-apps/workflow-definition.ts';
import { Receiver } from '../support/receiver.ts';
import { useWorld } from '../support/use-world.ts';

const definitionOf = (name: string) => {
  const file = new URL(`../../integrations/logic-apps/${name}.json`, import.meta.url);
  return workflowDefinitionSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
};

const deployAndWait = definitionOf('deploy-and-wait');
const deployWithCallback = definitionOf('deploy-with-callback');

const world = useWorld();

afterEach(() => world.azure.reset());

interface Sent {
  readonly method: string;
  readonly url: string;
  readonly authorization: string | null;
  readonly status: number;
}

interface RunOptions {
  readonly definition?: WorkflowDefinition;
  readonly callback?: { readonly url: string; readonly called: Promise<unknown> };
  /** May take the service's place for a request. */
  readonly answer?: (sent: number) => Response | undefined;
}

const run = async (
  triggerBody: object,
  { definition = deployAndWait, callback, answer = () => undefined }: RunOptions = {},
) => {
  const requests: Sent[] = [];
  const result = await runWorkflow(definition, {
    ...(callback && { callback }),
    clock: world.clock,
    parameters: { serviceUrl: world.host.url, serviceAudience: 'api://airflow-on-aks' },
    triggerBody,
    token: (audience) => `token-for-${audience}`,
    send: async (url, init) => {
      const response = answer(requests.length) ?? (await fetch(url, init));
      const authorization = new Headers(init?.headers).get('authorization');
      requests.push({ method: init?.method ?? 'GET', url: String(url), authorization, status: response.status });
      return response;
    },
  });
  return { ...result, requests };
};

describe("a workflow that lets the HTTP action's asynchronous pattern wait", () => {
  it('answers with the outputs, having polled the result with its identity until 200', async () => {
    const { status, response, requests } = await run({ resourceGroupName: 'logic-waits' });
    expect(status).toBe('Succeeded');
    expect(response).toMatchObject({ statusCode: 200, body: { id: 'logic-waits', status: 'Succeeded' } });
    expect(response?.body).toHaveProperty('outputs.OIDC_URL');
    const [first, ...polls] = requests;
    expect(first).toMatchObject({ method: 'POST', status: 202 });
    expect(polls.length).toBeGreaterThan(1);
    expect(polls.slice(0, -1).every((poll) => poll.status === 202)).toBe(true);
    expect(polls.at(-1)).toMatchObject({ method: 'GET', status: 200 });
    expect(new Set(polls.map(({ url }) => url))).toEqual(
      new Set([`${world.host.url}/api/deployments/logic-waits/result`]),
    );
    expect(new Set(requests.map(({ authorization }) => authorization))).toEqual(
      new Set(['Bearer token-for-api://airflow-on-aks']),
    );
  });

  it('fails when the deployment fails: 422 ends the loop, is not repeated, and its detail is the error of the run', async () => {
    await world.azure.fail({
      method: 'PUT',
      path: '/managedClusters/',
      action: { failOperation: { code: 'QuotaExceeded', message: 'Not enough cores.' } },
    });
    const { status, response, error, requests } = await run({ resourceGroupName: 'logic-fails' });
    expect(status).toBe('Failed');
    expect(response?.statusCode).toBe(422);
    expect(error?.message).toContain('Not enough cores.');
    expect(requests.filter((request) => request.status === 422)).toHaveLength(1);
  });

  it('fails at once with the reason when the request is refused', async () => {
    const { status, response, error, requests } = await run({ cluster: { nodeCount: 0 } });
    expect(status).toBe('Failed');
    expect(response?.statusCode).toBe(400);
    expect(error?.message).toContain('cluster.nodeCount must be at least 1');
    expect(requests).toHaveLength(1);
  });

  it('goes on when the answer to the POST was lost: the repeated POST finds the same deployment', async () => {
    const lost = new Response('', { status: 503 });
    const start = await world.post({ resourceGroupName: 'logic-repeats' });
    const { run: firstRun } = JSON.parse(await start.text());
    const { status, response, requests } = await run(
      { resourceGroupName: 'logic-repeats' },
      { answer: (sent) => (sent === 0 ? lost : undefined) },
    );
    expect(status).toBe('Succeeded');
    expect(response?.body).toMatchObject({ run: firstRun });
    expect(requests.filter(({ method }) => method === 'POST').map((request) => request.status)).toEqual([503, 202]);
  });

  it('goes on when the service could not be reached during the wait', async () => {
    const { status, requests } = await run(
      { resourceGroupName: 'logic-blinks' },
      {
        answer: (sent) =>
          sent === 1 ? new Response('', { status: 502 }) : sent === 2 ? new Response('', { status: 429 }) : undefined,
      },
    );
    expect(status).toBe('Succeeded');
    expect(requests.slice(0, 4).map((request) => request.status)).toEqual([202, 502, 429, 202]);
  });

  it('needs nothing of the headers that Logic Apps takes away: what it follows is in the body too', async () => {
    const response = await world.post({ resourceGroupName: 'logic-body' });
    const body = JSON.parse(await response.text());
    expect(body.urls.result).toBe(response.headers.get('location'));
    expect(body.urls.status).toBe(response.headers.get('operation-location'));
    await world.ended('logic-body');
  });
});

describe('a workflow that waits for the callback', () => {
  const path = '/workflows/0123456789abcdef/runs/08584/actions/Deploy/run';
  const query = '?api-version=2016-10-01&sp=%2Frun&sv=1.0&sig=a-signature-that-nobody-may-see';
  let receiver: Receiver;

  beforeAll(async () => {
    receiver = await Receiver.start();
    vi.stubEnv('CALLBACK_ENCRYPTION_KEY', Buffer.alloc(32, 7).toString('base64'));
    vi.stubEnv('CALLBACK_SIGNING_SECRET', `whsec_${Buffer.alloc(32, 8).toString('base64')}`);
    vi.stubEnv('CALLBACK_ALLOWED_HOSTS', receiver.host);
  });
  afterAll(async () => {
    vi.unstubAllEnvs();
    await receiver.close();
  });

  const runWithCallback = (triggerBody: object) => {
    const { promise: called, resolve } = Promise.withResolvers<unknown>();
    receiver.reply = ({ body }) => {
      resolve(JSON.parse(body));
      return 200;
    };
    const callback = { url: receiver.url(`${path}${query}`), called };
    return run(triggerBody, { definition: deployWithCallback, callback });
  };

  it('answers with the outputs, having polled nothing', async () => {
    const { status, response, requests } = await runWithCallback({ resourceGroupName: 'logic-told' });
    expect(status).toBe('Succeeded');
    expect(response).toMatchObject({ statusCode: 200, body: { id: 'logic-told', status: 'Succeeded' } });
    expect(response?.body).toHaveProperty('outputs.OIDC_URL');
    expect(requests.map((request) => [request.method, request.status])).toEqual([
      ['POST', 202],
      ['GET', 200],
    ]);
  });

  it('fails with the reason when the deployment fails', async () => {
    await world.azure.fail({
      method: 'PUT',
      path: '/managedClusters/',
      action: { failOperation: { code: 'QuotaExceeded', message: 'Not enough cores.' } },
    });
    const { status, response, error } = await runWithCallback({ resourceGroupName: 'logic-told-failure' });
    expect(status).toBe('Failed');
    expect(response?.statusCode).toBe(422);
    expect(error?.message).toContain('Not enough cores.');
  });

  it('fails at once when the service refuses to call back', async () => {
    vi.stubEnv('CALLBACK_ALLOWED_HOSTS', '*.logic.azure.com');
    const { status, response, actions } = await runWithCallback({ resourceGroupName: 'logic-not-told' });
    vi.stubEnv('CALLBACK_ALLOWED_HOSTS', receiver.host);
    expect(status).toBe('Failed');
    expect(actions).toMatchObject({ Deploy: 'Failed', Result: 'Skipped', Respond_with_error: 'Succeeded' });
    expect(response?.statusCode).toBe(400);
  });
});

it('the Bicep file gives each workflow the parameters that it takes', () => {
  const file = new URL('../../integrations/logic-apps/main.bicep', import.meta.url);
  const [, given = ''] = /^ {4}parameters: \{\n(.*?)^ {4}\}/ms.exec(readFileSync(file, 'utf8')) ?? [];
  const names = [...given.matchAll(/^ {6}(\w+): \{/gm)].map(([, name]) => name);
  for (const { parameters } of [deployAndWait, deployWithCallback]) expect(Object.keys(parameters)).toEqual(names);
});
