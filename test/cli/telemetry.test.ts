import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ChildService } from '../../local/world/child-service.ts';
import { OtlpReceiver } from '../support/otlp-receiver.ts';

const directory = mkdtempSync(join(tmpdir(), 'telemetry-'));
let receiver: OtlpReceiver;

beforeAll(async () => {
  receiver = await OtlpReceiver.start();
});

afterAll(async () => {
  await receiver.close();
  rmSync(directory, { recursive: true });
});

it('a host in a process of its own sends the traces, logs and metrics of the app and its own spans', async () => {
  const child = new ChildService({
    command: 'host',
    args: ['--port', '0', '--data', directory],
    environment: { OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url, OTEL_SERVICE_NAME: 'mine' },
  });
  const url = await child.ready();
  const headers = { traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01' };
  const answer = await fetch(`${url}/api/deployments`, { method: 'POST', body: '{"nodes":1}', headers });
  expect(answer.status).toBe(400);
  await child.stop();

  const [own] = receiver.spans;
  expect(own).toMatchObject({
    name: 'POST api/deployments',
    service: 'functions-host',
    traceId: '0af7651916cd43dd8448eb211c80319c',
    parentSpanId: 'b7ad6b7169203331',
  });
  // What the app sends is protobuf, as every collector takes it; in it, texts are texts and ids are bytes.
  const bodies = receiver.bodies.filter(({ contentType }) => contentType === 'application/x-protobuf');
  const traces = bodies.filter(({ path }) => path === '/v1/traces').map(({ text }) => text);
  expect(traces.join()).toContain('createDeployment');
  expect(traces.join()).toContain('mine');
  expect(traces.join()).toContain(Buffer.from('0af7651916cd43dd8448eb211c80319c', 'hex').toString('latin1'));
  expect(bodies.some(({ path, text }) => path === '/v1/logs' && text.includes('createDeployment answered 400'))).toBe(
    true,
  );
}, 60_000);

/** Loads the app in a process of its own, as the host does. @returns the packages of OpenTelemetry that it loaded. */
const loaded = async (environment: Record<string, string>): Promise<string[]> => {
  const root = fileURLToPath(new URL('../..', import.meta.url));
  const script = `
    import { registerHooks } from 'node:module';
    import { writeSync } from 'node:fs';
    const names = new Set();
    registerHooks({
      load: (url, context, next) => {
        const name = /node_modules\\/((?:@[^/]+\\/)?[^/]+)/.exec(url)?.[1];
        if (name?.includes('opentelemetry')) names.add(name);
        return next(url, context);
      },
    });
    const { loadApp } = await import('./local/functions-host/worker/load-app.ts');
    await loadApp('.', { log: () => {} });
    writeSync(1, JSON.stringify([...names]));
    process.exit(0);`;
  const options = { cwd: root, env: { ...process.env, ...environment } };
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script], options);
  return JSON.parse(stdout);
};

it('without an address for telemetry nothing of it is loaded but the API that durable-functions has', async () => {
  expect(await loaded({ OTEL_EXPORTER_OTLP_ENDPOINT: '' })).toEqual(['@opentelemetry/api']);
  const everything = {
    OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
    APPLICATIONINSIGHTS_CONNECTION_STRING: 'InstrumentationKey=00000000-0000-4000-8000-000000000000',
  };
  expect(await loaded(everything)).toEqual(
    expect.arrayContaining([
      '@azure/monitor-opentelemetry-exporter',
      '@opentelemetry/exporter-trace-otlp-proto',
      '@opentelemetry/sdk-trace-base',
    ]),
  );
}, 60_000);
