/**
 * The process that {@link measureLoad} measures: a host with the app as `npm start` runs it, its task hub on disk, the simulator in a process of
 * its own. Arguments: how many deployments, and `on` or `off` for the simulator's throttling.
 */
import { join } from 'node:path';
import { postDeployment } from '../local/world/deployment-client.ts';
import { Processes } from '../local/world/processes.ts';
import { readRequests } from '../local/world/simulator-client.ts';
import { startHost } from '../local/world/start-host.ts';
import { ENDED } from '../local/world/world.ts';
import type { LoadMeasure } from './measure-load.ts';

const SPEED = 30;
const DEADLINE_SECONDS = 600;
const TELL_EVERY_MS = 5_000;
/** Three nodes with eight vCPUs each. */
const CORES_OF_ONE = 24;

const measure = async (deployments: number, throttling: string, processes: Processes): Promise<LoadMeasure> => {
  const { clock } = processes;
  const azure = await processes.startAzure({ throttling: throttling === 'on' });
  const cores = deployments * CORES_OF_ONE;
  await azure.change({ quota: { cores, standardDSv2Family: cores } });
  const host = await startHost({ clock, azure, store: join(processes.dataDirectory, 'hub.sqlite') });

  const begun = { real: performance.now(), modelled: clock.now() };
  let ended = 0;
  const tell = (): void => void process.stderr.write(`  ${ended} of ${deployments} deployments have ended…\n`);
  const telling = setInterval(tell, TELL_EVERY_MS);
  const late = setTimeout(() => {
    throw new Error(`Only ${ended} deployments ended within ${DEADLINE_SECONDS} seconds.`);
  }, DEADLINE_SECONDS * 1000);
  const instances = await Promise.all(
    Array.from({ length: deployments }, async (_, index) => {
      const { id } = await postDeployment(host.url, { resourceGroupName: `airflow-load-${index}` });
      const instance = await host.hub.waitFor(`d:${id}`, ENDED);
      ended++;
      return instance;
    }),
  );
  clearTimeout(late);
  clearInterval(telling);
  const took = { real: performance.now() - begun.real, modelled: clock.now() - begun.modelled };
  const peakRssMebibytes = process.resourceUsage().maxRSS / 1024;
  const { episodes } = host.hub.statistics();
  const requests = await readRequests(azure.url);
  await host.close();

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

const processes = new Processes({ speed: SPEED });
try {
  const [, , deployments, throttling = 'on'] = process.argv;
  const result = await measure(Number(deployments), throttling, processes);
  process.send?.(result);
} finally {
  await processes.stop();
  if (process.connected) process.disconnect();
}
