/**
 * The process that {@link measureLoad} measures: a host with the app as `npm start` runs it, its task hub on disk, the simulator in a process of
 * its own. Arguments: how many deployments, and `on` or `off` for the simulator's throttling.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod';
import { openStoredClock } from '../local/clock/stored-clock.ts';
import { ChildService } from '../local/world/child-service.ts';
import { fetchJson } from '../local/world/deployment-client.ts';
import { shareClock } from '../local/world/shared-clock.ts';
import { readRequests } from '../local/world/simulator-client.ts';
import { loadBenchApp, openBenchHost } from './bench-app.ts';
import type { LoadMeasure } from './measure-load.ts';
import { runDeployment } from './run-deployment.ts';

const SPEED = 30;
const DEADLINE_SECONDS = 600;
const TELL_EVERY_MS = 5_000;
/** Three nodes with eight vCPUs each. */
const CORES_OF_ONE = 24;

const measure = async (deployments: number, throttling: string, dataDirectory: string): Promise<LoadMeasure> => {
  const data = { host: join(dataDirectory, 'host'), simulator: join(dataDirectory, 'simulator') };
  shareClock(Object.values(data), SPEED);
  const clock = openStoredClock(data.host);
  const args = ['--port', '0', '--data', data.simulator, '--throttling', throttling];
  const simulator = new ChildService({ command: 'simulator', args });
  const simulatorUrl = await simulator.ready();
  await raiseQuota(simulatorUrl, deployments * CORES_OF_ONE);
  const host = await openBenchHost(await loadBenchApp(simulatorUrl), clock, data.host);

  const begun = { real: performance.now(), modelled: clock.now() };
  let ended = 0;
  const tell = (): void => void process.stderr.write(`  ${ended} of ${deployments} deployments have ended…\n`);
  const telling = setInterval(tell, TELL_EVERY_MS);
  const instances = await Promise.all(
    Array.from({ length: deployments }, async (_, index) => {
      const body = { resourceGroupName: `airflow-load-${index}` };
      const { instance } = await runDeployment(host, body, DEADLINE_SECONDS);
      ended++;
      return instance;
    }),
  );
  clearInterval(telling);
  const took = { real: performance.now() - begun.real, modelled: clock.now() - begun.modelled };
  const peakRssMebibytes = process.resourceUsage().maxRSS / 1024;
  const { episodes } = host.hub.statistics();
  const requests = await readRequests(simulatorUrl);
  await host.close();
  await simulator.stop();

  const failed = instances.find(({ runtimeStatus }) => runtimeStatus !== 'Completed');
  return {
    deployments,
    succeeded: instances.filter(({ runtimeStatus }) => runtimeStatus === 'Completed').length,
    ...(failed && { firstFailure: `${failed.instanceId}: ${failed.output}` }),
    episodes,
    wallSeconds: took.real / 1000,
    peakRssMebibytes,
    modelledSeconds: took.modelled / 1000,
    requests: requests.length,
    refusedByThrottling: requests.filter(({ status }) => status === 429).length,
  };
};

const raiseQuota = async (simulatorUrl: string, cores: number): Promise<void> => {
  const body = JSON.stringify({ quota: { cores, standardDSv2Family: cores } });
  await fetchJson(`${simulatorUrl}/_simulator/settings`, z.unknown(), { method: 'POST', body });
};

const dataDirectory = mkdtempSync(join(tmpdir(), 'airflow-on-aks-bench-'));
try {
  const [, , deployments, throttling = 'on'] = process.argv;
  const result = await measure(Number(deployments), throttling, dataDirectory);
  process.send?.(result);
} finally {
  rmSync(dataDirectory, { recursive: true, force: true });
  if (process.connected) process.disconnect();
}
