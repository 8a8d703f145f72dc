import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { SIMULATED_SUBSCRIPTION_ID } from '../../local/azure-simulator/azure-simulator.ts';
import { ChildService } from '../../local/world/child-service.ts';
import type { DeploymentDocument } from '../../local/world/deployment-document.ts';
import { until } from '../support/until.ts';

const SPEED = '60';

const directory = mkdtempSync(join(tmpdir(), 'kill-'));
const children: ChildService[] = [];

afterEach(async () => {
  for (const child of children) child.kill();
  await Promise.all(children.map(({ exited }) => exited));
  rmSync(directory, { recursive: true });
});

const start = async (command: 'host' | 'simulator', environment = {}) => {
  const args = ['--port', '0', '--speed', SPEED, '--data', join(directory, command)];
  const child = new ChildService({ command, args, environment });
  children.push(child);
  return { child, url: await child.ready() };
};

const json = async <T>(url: string): Promise<T> => JSON.parse(await (await fetch(url)).text());

it('a host killed in the middle of the cluster create goes on after a restart, and the cluster is created once', async () => {
  const simulator = await start('simulator');
  const environment = { AZURE_SIMULATOR_URL: simulator.url, AZURE_SUBSCRIPTION_ID: SIMULATED_SUBSCRIPTION_ID };
  const clusterPuts = async () => {
    const { requests } = await json<{ requests: { method: string; url: string; status: number | null }[] }>(
      `${simulator.url}/_simulator/requests`,
    );
    return requests.filter(({ method, url }) => method === 'PUT' && url.includes('/managedClusters/'));
  };

  const first = await start('host', environment);
  const response = await fetch(`${first.url}/api/deployments`, { method: 'POST', body: '{}' });
  expect(response.status).toBe(202);
  await until('the PUT of the cluster', async () => ((await clusterPuts())[0]?.status === 201 ? true : undefined));
  first.child.kill();
  await first.child.exited;

  const second = await start('host', environment);
  const ended = await until('the end of the deployment', async () => {
    const document = await json<DeploymentDocument>(`${second.url}/api/deployments/apache-airflow-rg`);
    return document.status === 'Running' || document.status === 'Pending' ? undefined : document;
  });
  expect(ended.error).toBeUndefined();
  expect(ended.status).toBe('Succeeded');
  expect(await clusterPuts()).toHaveLength(1);
}, 60_000);
