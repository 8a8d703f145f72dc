import { existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { cliEnvironment } from '../../local/azure-simulator/azure-simulator.ts';
import { inProject } from '../../local/project.ts';
import { Processes } from '../../local/world/processes.ts';
import { type AzureHere, startAzure } from '../../local/world/start-azure.ts';
import { type Store, storeSchema } from './stored-side.ts';

const keysSchema = z.object({ keys: z.array(z.object({ keyName: z.string(), value: z.string() })) });

/** One simulated Azure in a temporary folder, a host for the app, and an environment in which `az` reaches that Azure and nothing else. */
export class ConformanceWorld {
  readonly azure: AzureHere;
  /** The host, when it runs. */
  readonly processes: Processes;

  private constructor(azure: AzureHere, processes: Processes) {
    this.azure = azure;
    this.processes = processes;
  }

  /** Durations are the usual ones, without jitter, so that both ways meet the same. @param speed - modelled seconds per real one. */
  static async start(speed: number): Promise<ConformanceWorld> {
    const processes = new Processes({ speed });
    return new ConformanceWorld(await startAzure({ clock: processes.clock, jitter: 0, proxyPort: 0 }), processes);
  }

  /** A folder for what the `az` commands say on stderr. */
  get records(): string {
    return join(this.processes.dataDirectory, 'records');
  }

  /**
   * The whole environment of `az`: a home and a configuration folder of its own, `recorded-az.sh` in place of `az`, and the proxy.
   *
   * @param python - the interpreter that has the Azure CLI.
   */
  azEnvironment(python: string): Record<string, string> {
    const { proxy, url } = this.azure.simulator;
    if (!proxy) throw new Error('The simulator opened no proxy.');
    const [home, bin, caFile] = [
      join(this.processes.dataDirectory, 'home'),
      join(this.processes.dataDirectory, 'bin'),
      join(this.processes.dataDirectory, 'ca.pem'),
    ];
    for (const folder of [home, bin, this.records]) mkdirSync(folder, { recursive: true });
    const az = join(bin, 'az');
    if (!existsSync(az)) symlinkSync(inProject('bench', 'conformance-az', 'recorded-az.sh'), az);
    writeFileSync(caFile, proxy.certificate);
    return {
      ...cliEnvironment({ simulatorUrl: url, proxyUrl: proxy.url, caFile, directory: this.processes.dataDirectory }),
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
    return this.azure.read('resources', storeSchema);
  }

  /** The names of all storage accounts' keys, by the keys. */
  async storageKeys(): Promise<ReadonlyMap<string, string>> {
    const { resources } = await this.readStore();
    const accounts = resources.filter(({ type }) => type.toLowerCase() === 'microsoft.storage/storageaccounts');
    const lists = await Promise.all(
      accounts.map(async ({ id }) => {
        const { body } = await this.azure.somebodyElse('POST', `${id}/listKeys?api-version=2025-01-01`);
        return keysSchema.parse(body);
      }),
    );
    return new Map(lists.flatMap(({ keys }) => keys.map(({ keyName, value }) => [value, keyName])));
  }

  async close(): Promise<void> {
    await this.processes.stop();
    await this.azure.close();
  }
}
