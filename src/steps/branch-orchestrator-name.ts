/** The registered name of a branch's orchestrator, e.g. `clusterBranch`: instances and traces then say what they are about. */
export const branchOrchestratorName = (branch: string): string =>
  `${branch.replaceAll(/-(.)/g, (_, letter: string) => letter.toUpperCase())}Branch`;
