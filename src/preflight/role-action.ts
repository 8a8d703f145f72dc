import type { RunFacts } from '../steps/run-facts.ts';

/** An action of Azure RBAC that the service's requests take. */
export interface RoleAction {
  readonly action: string;
  /** The step, or what else takes it. */
  readonly usedBy: string;
  readonly why: string;
  /** Whether the coming run cannot do without; absent where no run fails for want of it. */
  readonly needed?: (facts: RunFacts) => boolean;
}
