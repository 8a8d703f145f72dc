import { type ChildProcess, fork } from 'node:child_process';
import { inProject } from '../../local/project.ts';
import { type Scenario, type Verdict, verdictSchema } from './scenario.ts';

/** Longer than the bounds of all the deployments of a scenario. */
const DEADLINE_MS = 180_000;

/** Carries out scenarios in several processes, each as soon as one is free. */
export class ScenarioPool {
  readonly #processes: number;

  constructor(processes: number) {
    this.#processes = processes;
  }

  /**
   * @param onVerdict - called as each ends.
   * @returns the verdicts in the order of the scenarios.
   */
  async run(
    scenarios: readonly Scenario[],
    onVerdict: (scenario: Scenario, verdict: Verdict) => void,
  ): Promise<readonly Verdict[]> {
    const verdicts: Verdict[] = [];
    const queue = scenarios.entries();
    const work = async (): Promise<void> => {
      let child: ChildProcess | undefined;
      for (const [index, scenario] of queue) {
        child ??= startProcess();
        const verdict = await carryOut(child, scenario);
        verdicts[index] = verdict;
        onVerdict(scenario, verdict);
        // What did not end may still hold the clock: the next one gets a process of its own.
        if (verdict.outcome !== 'R') continue;
        child.kill();
        child = undefined;
      }
      child?.disconnect();
    };
    await Promise.all(Array.from({ length: Math.min(this.#processes, scenarios.length) }, work));
    return verdicts;
  }
}

const startProcess = (): ChildProcess =>
  fork(inProject('bench', 'fault-matrix', 'matrix-process.ts'), {
    stdio: ['ignore', process.stderr, process.stderr, 'ipc'],
  });

const carryOut = (child: ChildProcess, scenario: Scenario): Promise<Verdict> => {
  const { promise, resolve } = Promise.withResolvers<Verdict>();
  const begun = performance.now();
  const failed = (why: string): void =>
    resolve({ outcome: 'R', attempts: 0, modelledSeconds: 0, realMs: performance.now() - begun, broken: [why] });
  const onMessage = (message: unknown): void => resolve(verdictSchema.parse(message));
  const onExit = (code: number | null): void => failed(`its process ended with ${code}; see above`);
  const timer = setTimeout(() => failed(`no verdict after ${DEADLINE_MS / 1000} real seconds`), DEADLINE_MS);
  child.once('message', onMessage);
  child.once('exit', onExit);
  child.send(scenario);
  return promise.finally(() => {
    clearTimeout(timer);
    child.off('message', onMessage);
    child.off('exit', onExit);
  });
};
