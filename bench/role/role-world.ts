import { type AzureSimulator, startAzureSimulator } from '../../local/azure-simulator/azure-simulator.ts';
import { cloudNamed } from '../../local/azure-simulator/base/clouds.ts';
import {
  SIMULATED_CALLER_OBJECT_ID,
  SIMULATED_OPERATOR_CLIENT_ID,
  SIMULATED_OPERATOR_OBJECT_ID,
} from '../../local/azure-simulator/base/identities.ts';
import { issueToken } from '../../local/azure-simulator/entra/tokens.ts';
import type { Authorization } from '../../local/azure-simulator/state/journal.ts';
import { VirtualClock } from '../../local/clock/virtual-clock.ts';
import type { Engine } from '../../local/functions-host/engine/engine.ts';
import type { FunctionsHost } from '../../local/functions-host/functions-host.ts';
import { loadBenchApp, openBenchHost } from '../bench-app.ts';
import { runDeployment } from '../run-deployment.ts';
import { assigningCondition, type DeployerRole } from './deployer-role.ts';

const DEADLINE_SECONDS = 120;

/** Who has this role may assign others, and read everything. */
export const ADMINISTRATOR = 'Role Based Access Control Administrator';

const RESOURCE_MANAGER = 'https://management.azure.com';

interface Status {
  readonly status: string;
  readonly error?: { readonly step: string; readonly code: string; readonly message: string };
}

/** The app on both stand-ins, with note taken of each action that it asked Azure for, and an administrator beside it. */
export class RoleWorld {
  readonly simulator: AzureSimulator;
  /** What the app asked for since the start, resets notwithstanding. */
  readonly asked: Authorization[];
  readonly #clock: VirtualClock;
  readonly #host: FunctionsHost<Engine>;

  private constructor(
    clock: VirtualClock,
    simulator: AzureSimulator,
    host: FunctionsHost<Engine>,
    asked: Authorization[],
  ) {
    this.#clock = clock;
    this.simulator = simulator;
    this.#host = host;
    this.asked = asked;
  }

  /** To be called once in a process. */
  static async open(): Promise<RoleWorld> {
    const clock = new VirtualClock();
    const asked: Authorization[] = [];
    const simulator = await startAzureSimulator({
      clock,
      jitter: 0,
      onRequest: ({ authorizations = [] }) => {
        asked.push(...authorizations.filter(({ principalId }) => principalId === SIMULATED_CALLER_OBJECT_ID));
      },
    });
    const host = await openBenchHost(await loadBenchApp(simulator.url), clock, ':memory:');
    return new RoleWorld(clock, simulator, host, asked);
  }

  async close(): Promise<void> {
    await this.#host.close();
    await this.simulator.close();
  }

  /**
   * Gives the app's identity the role, and the right to assign these other roles; nothing else.
   */
  async grant(role: DeployerRole, assignableRoleIds: readonly string[]): Promise<void> {
    const condition = assigningCondition(assignableRoleIds);
    const administrator = { role: ADMINISTRATOR, condition };
    await this.control('caller', { roles: [{ role }, administrator] });
  }

  /** @returns how the deployment ended. */
  async deploy(body: object): Promise<Status> {
    const { id } = await runDeployment(this.#host, body, DEADLINE_SECONDS);
    return this.#status(id);
  }

  /** @throws Error with the failed step's own words. */
  async mustDeploy(body: object): Promise<void> {
    const { status, error } = await this.deploy(body);
    if (status !== 'Succeeded') throw new Error(`${status} at ${error?.step}: ${error?.code}: ${error?.message}`);
  }

  /** @returns how the undo ended: `Deleted` when all went well. */
  async undo(id: string, query = ''): Promise<Status> {
    await this.#fetch(`/api/deployments/${id}?confirm=${id}${query}`, { method: 'DELETE' });
    await this.#host.hub.waitFor(`u:${id}`, ['Completed', 'Failed']);
    return this.#status(id);
  }

  async mustUndo(id: string, query = ''): Promise<void> {
    const undone = await this.undo(id, query);
    if (undone.status !== 'Deleted') throw new Error(`The undo ended as ${JSON.stringify(undone).slice(0, 2000)}`);
  }

  /** @returns the answer as text, whatever its status. */
  async plan(body: object): Promise<string> {
    const response = await fetch(`${this.#host.url}/api/plans`, { method: 'POST', body: JSON.stringify(body) });
    return response.text();
  }

  async kubeconfig(id: string): Promise<void> {
    await this.#fetch(`/api/deployments/${id}/kubeconfig`, { method: 'POST' });
  }

  /** What the owner of the subscription does, who is not the app. */
  async administrator(method: string, path: string, body?: object): Promise<void> {
    const owner = { clientId: SIMULATED_OPERATOR_CLIENT_ID, objectId: SIMULATED_OPERATOR_OBJECT_ID };
    const { token } = issueToken(cloudNamed('AzureCloud'), RESOURCE_MANAGER, 3600, owner);
    const response = await fetch(`${this.simulator.url}${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
  }

  async control(path: string, body: object): Promise<void> {
    const response = await fetch(`${this.simulator.url}/_simulator/${path}`, {
      method: 'POST',
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
  }

  pass(seconds: number): Promise<void> {
    return this.#clock.sleep(seconds * 1000);
  }

  async #status(id: string): Promise<Status> {
    return JSON.parse(await this.#fetch(`/api/deployments/${id}`));
  }

  async #fetch(path: string, init?: RequestInit): Promise<string> {
    const response = await fetch(`${this.#host.url}${path}`, init);
    const text = await response.text();
    if (!response.ok) throw new Error(`${path}: ${response.status} ${text}`);
    return text;
  }
}
