import { ASSIGNING_ACTIONS, LOCKING_ACTIONS, readDeployerRole } from '../../bench/role/deployer-role.ts';
import { type JournalEntry, SIMULATED_CALLER_OBJECT_ID } from '../../local/azure-simulator/azure-simulator.ts';
import { SOMEBODY_ELSE } from '../../local/world/azure.ts';

/** The actions that the app asked Azure for, each with the first request that took it. */
export class AskedActions {
  readonly #asked = new Map<string, string>();

  note({ authorizations = [], userAgent, method, url }: JournalEntry): void {
    if (userAgent === SOMEBODY_ELSE) return;
    for (const { principalId, action } of authorizations) {
      if (principalId !== SIMULATED_CALLER_OBJECT_ID || this.#asked.has(action)) continue;
      this.#asked.set(action, `${method} ${url}`);
    }
  }

  /** @throws Error that names each action which the custom role does not have. */
  check(): void {
    const covered = new Set([...readDeployerRole().actions, ...ASSIGNING_ACTIONS, ...LOCKING_ACTIONS]);
    const missing = [...this.#asked].filter(([action]) => !covered.has(action));
    if (missing.length === 0) return;
    const list = missing.map(([action, request]) => `${action} (${request})`).join(', ');
    throw new Error(
      `infra/roles/deployer.json does not have: ${list}. Add what makes the request to bench/role/scenarios.ts, then: npm run role`,
    );
  }
}
