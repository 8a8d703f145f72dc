import { type JournalEntry, SIMULATED_CALLER_OBJECT_ID } from '../../local/azure-simulator/azure-simulator.ts';
import type { DeploymentDocument } from '../../local/world/deployment-document.ts';
import { World } from '../../local/world/world.ts';
import { assigningCondition, type DeployerRole } from './deployer-role.ts';

/** Who has this role may assign others, and read everything. */
export const ADMINISTRATOR = 'Role Based Access Control Administrator';

type Authorization = NonNullable<JournalEntry['authorizations']>[number];

/** A world that takes note of each action that the app asks Azure for. */
export class RoleWorld extends World {
  /** What the app asked for since the start, resets notwithstanding. */
  readonly asked: Authorization[] = [];

  static override async open(): Promise<RoleWorld> {
    const world = new RoleWorld({ jitter: 0, durationFactor: 0.5, deadlineSeconds: 120 });
    const azure = await world.startAzure();
    azure.onRequest(({ authorizations = [] }) => {
      world.asked.push(...authorizations.filter(({ principalId }) => principalId === SIMULATED_CALLER_OBJECT_ID));
    });
    await world.startHost();
    return world;
  }

  /** Gives the app's identity the role, and the right to assign these other roles; nothing else. */
  async grant(role: DeployerRole, assignableRoleIds: readonly string[]): Promise<void> {
    const condition = assigningCondition(assignableRoleIds);
    await this.azure.giveRoles([{ role }, { role: ADMINISTRATOR, condition }]);
  }

  /** @throws Error with the failed step's own words. */
  async mustDeploy(body: object): Promise<void> {
    const { status, error } = await this.deploy(body);
    if (status !== 'Succeeded') throw new Error(`${status} at ${error?.step}: ${error?.code}: ${error?.message}`);
  }

  /** @returns how the undo ended: `Deleted` when all went well. */
  async undo(id: string, query = ''): Promise<DeploymentDocument> {
    const response = await this.delete(id, query);
    if (!response.ok) throw new Error(`DELETE of ${id}: ${response.status} ${await response.text()}`);
    return this.undone(id);
  }

  async mustUndo(id: string, query = ''): Promise<void> {
    const undone = await this.undo(id, query);
    if (undone.status !== 'Deleted') throw new Error(`The undo ended as ${JSON.stringify(undone).slice(0, 2000)}`);
  }

  async kubeconfig(id: string): Promise<void> {
    const response = await this.post({}, `/api/deployments/${id}/kubeconfig`);
    if (!response.ok) throw new Error(`The kubeconfig of ${id}: ${response.status} ${await response.text()}`);
  }
}
