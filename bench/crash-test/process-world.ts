import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod';
import type { Azure } from '../../local/world/azure.ts';
import { fetchJson, followDeployment, postDeployment } from '../../local/world/deployment-client.ts';
import { Processes } from '../../local/world/processes.ts';
import { collectEvidence } from './evidence.ts';
import type { Judged } from './judge.ts';

/** Modelled seconds per second: a deployment takes some four seconds. */
const SPEED = 100;
const DEADLINE_MS = 60_000;
const LOOK_EVERY_MS = 100;

const instancesSchema = z.array(z.object({ instanceId: z.string(), runtimeStatus: z.string() }));

/** A simulator that stays and a host that can be killed, each a process of its own. */
export class ProcessWorld {
  readonly #processes: Processes;
  readonly #azure: Azure;
  #hostUrl: string;

  private constructor(processes: Processes, azure: Azure, hostUrl: string) {
    this.#processes = processes;
    this.#azure = azure;
    this.#hostUrl = hostUrl;
  }

  static async open(): Promise<ProcessWorld> {
    const processes = new Processes({ speed: SPEED });
    const azure = await processes.startAzure({ seed: 1 });
    return new ProcessWorld(processes, azure, await processes.startHost({ azure }));
  }

  /**
   * Carries out one deployment in an Azure made anew.
   *
   * @param killAfterMs - of real time: the host is then killed and started again.
   * @throws when it has not ended within a minute of real time.
   */
  async deploy(killAfterMs?: number): Promise<Judged & { readonly tookMs: number }> {
    const begun = performance.now();
    await this.#azure.control('POST', 'reset', {});
    const accepted = postDeployment(this.#hostUrl, {}).catch((error: unknown) => {
      // A caller whose host was killed gets an error for an answer, and asks again.
      if (killAfterMs !== undefined) return undefined;
      throw error;
    });
    if (killAfterMs !== undefined) {
      await sleep(killAfterMs);
      await this.#processes.killHost();
      this.#hostUrl = await this.#processes.startHost({ azure: this.#azure });
    }
    const id = (await accepted)?.id ?? (await postDeployment(this.#hostUrl, {})).id;
    await followDeployment(`${this.#hostUrl}/api/deployments/${id}`, {
      intervalMs: LOOK_EVERY_MS,
      onStatus: () => {},
      signal: AbortSignal.timeout(DEADLINE_MS),
    });
    const tookMs = performance.now() - begun;
    const evidence = await collectEvidence(this.#hostUrl, this.#azure.url, id);
    return { evidence, leftovers: await this.#leftovers(), tookMs };
  }

  close(): Promise<void> {
    return this.#processes.stop();
  }

  async #leftovers(): Promise<string[]> {
    const url = `${this.#hostUrl}/runtime/webhooks/durabletask/instances?top=1000`;
    const instances = await fetchJson(url, instancesSchema);
    return instances
      .filter(({ runtimeStatus }) => runtimeStatus === 'Running' || runtimeStatus === 'Pending')
      .map(({ instanceId, runtimeStatus }) => `${instanceId} is ${runtimeStatus}`);
  }
}
