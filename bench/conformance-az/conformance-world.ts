import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod';
import {
  type AzureSimulator,
  SIMULATED_IDENTITY_HEADER,
  SIMULATED_SUBSCRIPTION_ID,
  startAzureSimulator,
} from '../../local/azure-simulator/azure-simulator.ts';
import { cliEnvironment } from '../../local/azure-simulator/proxy/cli-environment.ts';
import type { ScaledClock } from '../../local/clock/scaled-clock.ts';
import { openStoredClock } from '../../local/clock/stored-clock.ts';
import { inProject } from '../../local/project.ts';
import { ChildService } from '../../local/world/child-service.ts';
import { fetchJson } from '../../local/world/deployment-client.ts';
import { shareClock } from '../../local/world/shared-clock.ts';
import { type Store, storeSchema } from './stored-side.ts';

const keysSchema = z.object({ keys: z.array(z.object({ keyName: z.string(), value: z.string() })) });

/** One simulated Azure in a temporary folder, a host for the app, and an environment in which `az` reaches that Azure and nothing else. */
export class ConformanceWorld {
  readonly simulator: AzureSimulator;
  readonly clock: ScaledClock;
  readonly #directory: string;
  #host: ChildService | undefined;

  private constructor(simulator: AzureSimulator, clock: ScaledClock, directory: string) {
    this.simulator = simulator;
    this.clock = clock;
    this.#directory = directory;
  }

  /** Durations are the usual ones, without jitter, so that both ways meet the same. @param speed - modelled seconds per real one. */
  static async start(speed: number): Promise<ConformanceWorld> {
    const directory = mkdtempSync(join(tmpdir(), 'airflow-on-aks-conformance-'));
    try {
      shareClock([join(directory, 'host'), join(directory, 'simulator')], speed);
      const clock = openStoredClock(join(directory, 'simulator'));
      const simulator = await startAzureSimulator({ clock, jitter: 0, proxyPort: 0 });
      return new ConformanceWorld(simulator, clock, directory);
    } catch (error) {
      rmSync(directory, { recursive: true, force: true });
      throw error;
    }
  }

  /** Starts the Functions host with the compiled app. @returns its URL. */
  startHost(): Promise<string> {
    this.#host = new ChildService({
      command: 'host',
      args: ['--port', '0', '--data', join(this.#directory, 'host')],
      environment: { AZURE_SIMULATOR_URL: this.simulator.url, AZURE_SUBSCRIPTION_ID: SIMULATED_SUBSCRIPTION_ID },
    });
    return this.#host.ready();
  }

  async stopHost(): Promise<void> {
    await this.#host?.stop();
    this.#host = undefined;
  }

  /** A folder for what the `az` commands say on stderr. */
  get records(): string {
    return join(this.#directory, 'records');
  }

  /**
   * The whole environment of `az`: a home and a configuration folder of its own, `recorded-az.sh` in place of `az`, and the proxy.
   *
   * @param python - the interpreter that has the Azure CLI.
   */
  azEnvironment(python: string): Record<string, string> {
    const { proxy, url } = this.simulator;
    if (!proxy) throw new Error('The simulator opened no proxy.');
    const [home, bin, caFile] = [
      join(this.#directory, 'home'),
      join(this.#directory, 'bin'),
      join(this.#directory, 'ca.pem'),
    ];
    for (const folder of [home, bin, this.records]) mkdirSync(folder, { recursive: true });
    const az = join(bin, 'az');
    if (!existsSync(az)) symlinkSync(inProject('bench', 'conformance-az', 'recorded-az.sh'), az);
    writeFileSync(caFile, proxy.certificate);
    return {
      ...cliEnvironment({ simulatorUrl: url, proxyUrl: proxy.url, caFile, directory: this.#directory }),
      PATH: `${bin}:${process.env.PATH ?? ''}`,
      HOME: home,
      LANG: 'C.UTF-8',
      AZ_INSTALLER: 'PIP',
      AZ_RECORDS: this.records,
      AZURE_CLI_PYTHON: python,
      AZURE_CORE_NO_COLOR: 'true',
      AZURE_CORE_SURVEY_MESSAGE: 'false',
    };
  }

  readStore(): Promise<Store> {
    return fetchJson(`${this.simulator.url}/_simulator/resources`, storeSchema);
  }

  /** The names of all storage accounts' keys, by the keys. */
  async storageKeys(): Promise<ReadonlyMap<string, string>> {
    const { resources } = await this.readStore();
    const token = await fetchJson(
      `${this.simulator.url}/msi/token?resource=https://management.azure.com&api-version=2019-08-01`,
      z.object({ access_token: z.string() }),
      { headers: { 'x-identity-header': SIMULATED_IDENTITY_HEADER } },
    );
    const accounts = resources.filter(({ type }) => type.toLowerCase() === 'microsoft.storage/storageaccounts');
    const lists = await Promise.all(
      accounts.map(({ id }) =>
        fetchJson(`${this.simulator.url}${id}/listKeys?api-version=2025-01-01`, keysSchema, {
          method: 'POST',
          headers: { authorization: `Bearer ${token.access_token}` },
        }),
      ),
    );
    return new Map(lists.flatMap(({ keys }) => keys.map(({ keyName, value }) => [value, keyName])));
  }

  /** Begins a new journal of requests. */
  async clearJournal(): Promise<void> {
    const response = await fetch(`${this.simulator.url}/_simulator/requests`, { method: 'DELETE' });
    if (!response.ok) throw new Error(`The journal was not cleared: ${response.status} ${await response.text()}`);
  }

  async close(): Promise<void> {
    try {
      await this.stopHost();
      await this.simulator.close();
    } finally {
      rmSync(this.#directory, { recursive: true, force: true });
    }
  }
}
