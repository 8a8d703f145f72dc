import { readdirSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { parentPort } from 'node:worker_threads';
import { FlowRun } from './flow.ts';
import { instance } from './instance.ts';
import type { Row } from './tables.ts';

const FAKES: Readonly<Record<string, string>> = {
  '@servicenow/glide': './glide.ts',
  '@servicenow/glide/sn_cc': './glide-connections.ts',
  '@servicenow/glide/sn_ws': './glide-http.ts',
  '@servicenow/sdk/core': './fluent.ts',
  '@servicenow/sdk/global': './fluent.ts',
  '@servicenow/sdk/automation': './flow.ts',
};

registerHooks({
  resolve: (specifier, context, next) => {
    const fake = FAKES[specifier];
    const found = next(fake === undefined ? specifier : new URL(fake, import.meta.url).href, context);
    return found.url.endsWith('.ts') ? { ...found, format: 'module-typescript' } : found;
  },
});

const definitions = new URL('../../../integrations/servicenow/src/fluent/', import.meta.url);
for (const file of readdirSync(definitions))
  if (file.endsWith('.now.ts')) await import(new URL(file, definitions).href);

const runs = new Map<string, FlowRun>();
let orders = 0;

const rowOf = (table: string, column: string, value: string): Row => {
  const row = instance.tables.rows(table).find((each) => each[column] === value);
  if (!row) throw new Error(`There is no ${value} in ${table}.`);
  return row;
};

const item = (number: string): Row => rowOf('sc_req_item', 'number', number);

const flowOf = (number: string): FlowRun => {
  const run = runs.get(number);
  if (!run) throw new Error(`There is no flow of ${number}.`);
  return run;
};

interface RestCall {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const rest = ({ method, path, headers, body }: RestCall) => {
  const route = instance.routes.find((each) => each.uri === path && each.method === method);
  if (!route) return { status: 404, body: undefined };
  if (route.authentication || route.authorization || route.internalRole) return { status: 401, body: undefined };
  const answer: { status: number; body: unknown } = { status: 200, body: undefined };
  const request = { body: { dataString: body }, getHeader: (name: string) => headers[name.toLowerCase()] ?? null };
  const response = {
    setStatus: (status: number) => Object.assign(answer, { status }),
    setBody: (content: unknown) => Object.assign(answer, { body: content }),
  };
  route.script(request, response);
  return answer;
};

/** What people, schedules and other systems do with the instance. */
const doings = {
  forget: () => {
    instance.tables.clear();
    instance.logs.length = 0;
    instance.duringNextCall = undefined;
    runs.clear();
  },
  configure: ({ instanceUrl, serviceUrl, key, secret }: Record<string, string>) => {
    instance.properties.set('glide.servlet.uri', `${instanceUrl}/`);
    instance.connections.clear();
    instance.credentials.clear();
    if (serviceUrl) instance.connections.set('service-alias', { url: serviceUrl, apiKey: key ?? '' });
    if (secret) instance.credentials.set('signing-alias', { apiKey: secret });
  },
  setProperty: ({ name = '', value = '' }: Record<string, string>) => void instance.properties.set(name, value),
  order: ({ values, manager }: { values: Row; manager: string }) => {
    const number = `RITM${`${++orders}`.padStart(7, '0')}`;
    const { sys_id = '' } = instance.tables.insert('sc_req_item', {
      number,
      cat_item: 'airflow-on-aks',
      active: '1',
      state: '1',
      'request.requested_for.manager': manager,
      variables: JSON.stringify(values),
    });
    runs.set(number, new FlowRun(sys_id));
    return number;
  },
  approvers: (number: string) => flowOf(number).approvers,
  decide: ({ number, state }: { number: string; state: 'approved' | 'rejected' }) => flowOf(number).decide(state),
  timeOut: (number: string) => flowOf(number).look(true),
  cancel: (number: string) => instance.tables.update('sc_req_item', item(number).sys_id ?? '', { state: '4' }),
  rest,
  duringNextCall: (call: RestCall) => {
    instance.duringNextCall = () => void rest(call);
  },
  cancelDuringNextCall: (number: string) => {
    instance.duringNextCall = () => {
      doings.cancel(number);
      instance.tables.runQueued();
    };
  },
  runJobs: () => {
    for (const job of instance.jobs) job();
  },
  item,
  deployment: (number: string) =>
    instance.tables.rows('x_airaks_deploy_deployment').find((each) => each.correlation_id === number),
  everything: () => ({
    logs: instance.logs,
    items: instance.tables.rows('sc_req_item'),
    deployments: instance.tables.rows('x_airaks_deploy_deployment'),
  }),
};

/** Lets flows and asynchronous rules go on until all of them wait. */
const settle = async (): Promise<void> => {
  for (let turn = 0; turn < 5; turn++) {
    instance.tables.runQueued();
    for (const run of runs.values()) run.look();
    await new Promise((resolve) => setImmediate(resolve));
  }
};

/** One after another, as they come: a rule waits for its HTTP in here. */
let last: Promise<void> = Promise.resolve();

parentPort?.on('message', ({ id, name, input }: { id: number; name: keyof typeof doings; input: never }) => {
  last = last.then(async () => {
    try {
      const result = doings[name](input);
      parentPort?.postMessage({ id, json: JSON.stringify(result) });
      await settle();
      parentPort?.postMessage({ id, settled: true });
    } catch (error) {
      parentPort?.postMessage({ id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
    }
  });
});
