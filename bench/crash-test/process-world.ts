import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod';
import { SIMULATED_SUBSCRIPTION_ID } from '../../local/azure-simulator/base/identities.ts';
import { ChildService } from '../../local/world/child-service.ts';
import { fetchJson, followDeployment, postDeployment } from '../../local/world/deployment-client.ts';
import { shareClock } from '../../local/world/shared-clock.ts';
import { collectEvidence } from './evidence.ts';
import type { Judged } from './judge.ts';

/** Modelled seconds per second: a deployment takes some four seconds. */
const SPEED = 100;
const DEADLINE_MS = 60_000;
const LOOK_EVERY_MS = 100;

const instancesSchema = z.array(z.object({ instanceId: z.string(), runtimeStatus: z.string() }));

/** Host and simulator as processes of their own, with one modelled time. The simulator stays; the host can be killed. */
export class ProcessWorld {
  readonly #directory: string;
  readonly #simulator: ChildService;
  readonly #simulatorUrl: string;
  #host: ChildService;
  #hostUrl: string;

  private constructor(
    directory: string,
    simulator: { readonly service: ChildService; readonly url: string },
    host: { readonly service: ChildService; readonly url: string },
  ) {
    this.#directory = directory;
    this.#simulator = simulator.service;
    this.#simulatorUrl = simulator.url;
    this.#host = host.service;
    this.#hostUrl = host.url;
  }

  static async open(): Promise<ProcessWorld> {
    const directory = mkdtempSync(join(tmpdir(), 'airflow-on-aks-crash-'));
    const data = join(directory, 'simulator');
    shareClock([data, join(directory, 'host')], SPEED);
    const simulator = new ChildService({ command: 'simulator', args: ['--port', '0', '--data', data, '--seed', '1'] });
    const url = await simulator.ready();
    return new ProcessWorld(directory, { service: simulator, url }, await startHost(directory, url));
  }

  /**
   * Carries out one deployment in an Azure made anew.
   *
   * @param killAfterMs - of real time: the host is then killed and started again.
   * @throws when it has not ended within a minute of real time.
   */
  async deploy(killAfterMs?: number): Promise<Judged & { readonly tookMs: number }> {
    const begun = performance.now();
    await fetchJson(`${this.#simulatorUrl}/_simulator/reset`, z.unknown(), { method: 'POST', body: '{}' });
    const accepted = postDeployment(this.#hostUrl, {}).catch((error: unknown) => {
      // A caller whose host was killed gets an error for an answer, and asks again.
      if (killAfterMs !== undefined) return undefined;
      throw error;
    });
    if (killAfterMs !== undefined) {
      await sleep(killAfterMs);
      await this.#killHost();
    }
    const id = (await accepted)?.id ?? (await postDeployment(this.#hostUrl, {})).id;
    await followDeployment(`${this.#hostUrl}/api/deployments/${id}`, {
      intervalMs: LOOK_EVERY_MS,
      onStatus: () => {},
      signal: AbortSignal.timeout(DEADLINE_MS),
    });
    const tookMs = performance.now() - begun;
    const evidence = await collectEvidence(this.#hostUrl, this.#simulatorUrl, id);
    return { evidence, leftovers: await this.#leftovers(), tookMs };
  }

  async close(): Promise<void> {
    await Promise.all([this.#host.stop(), this.#simulator.stop()]);
    rmSync(this.#directory, { recursive: true, force: true });
  }

  async #killHost(): Promise<void> {
    this.#host.kill();
    await this.#host.exited;
    const { service, url } = await startHost(this.#directory, this.#simulatorUrl);
    this.#host = service;
    this.#hostUrl = url;
  }

  async #leftovers(): Promise<string[]> {
    const url = `${this.#hostUrl}/runtime/webhooks/durabletask/instances?top=1000`;
    const instances = await fetchJson(url, instancesSchema);
    return instances
      .filter(({ runtimeStatus }) => runtimeStatus === 'Running' || runtimeStatus === 'Pending')
      .map(({ instanceId, runtimeStatus }) => `${instanceId} is ${runtimeStatus}`);
  }
}

const startHost = async (
  directory: string,
  simulatorUrl: string,
): Promise<{ readonly service: ChildService; readonly url: string }> => {
  const service = new ChildService({
    command: 'host',
    args: ['--port', '0', '--data', join(directory, 'host')],
    environment: { AZURE_SIMULATOR_URL: simulatorUrl, AZURE_SUBSCRIPTION_ID: SIMULATED_SUBSCRIPTION_ID },
  });
  return { service, url: await service.ready() };
};
