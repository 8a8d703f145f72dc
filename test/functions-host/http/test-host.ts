import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { ScaledClock } from '../../../local/clock/scaled-clock.ts';
import { openEndpoints } from '../../../local/functions-host/http/endpoints.ts';
import { type FunctionsHost, type ServeOptions, serveApp } from '../../../local/functions-host/http/serve-app.ts';
import { loadApp } from '../../../local/functions-host/worker/load-app.ts';
import { FakeTaskHub } from './fake-task-hub.ts';

export interface TestHost extends FunctionsHost<FakeTaskHub> {
  readonly lines: string[];
}

export const fixture = (name: string): string => fileURLToPath(new URL(`./fixtures/${name}`, import.meta.url));

/** A host of a fixture app over a fake task hub, closed when the test ends. */
export const startTestHost = async (
  name: string,
  options: Partial<ServeOptions> & { hubName?: string } = {},
): Promise<TestHost> => {
  const lines: string[] = [];
  const log = (level: string, category: string, message: string) => void lines.push(`${level} ${category} ${message}`);
  const app = await loadApp(fixture(name), { log });
  const endpoints = await openEndpoints(0, 0);
  process.env.WEBSITE_HOSTNAME = `localhost:${endpoints.port}`;
  const durableTask = { hubName: options.hubName ?? 'TestHubName', connectionName: 'Storage' };
  const host = await serveApp(
    endpoints,
    { app, clock: ScaledClock.real(), log, durableTask, ...options },
    () => new FakeTaskHub(),
  );
  onTestFinished(() => host.close());
  return { ...host, lines };
};
