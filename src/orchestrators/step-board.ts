import type { OrchestrationContext } from 'durable-functions';
import type { DeploymentError } from '../deployment/deployment-run.ts';
import { fitCustomStatus } from '../deployment/fit-custom-status.ts';
import type { StepRecord } from '../deployment/step.ts';

/** The steps that one orchestration drives itself, shown in its custom status while they run. */
export class StepBoard {
  readonly #context: OrchestrationContext;
  readonly #records = new Map<string, StepRecord>();
  #warnings: readonly string[] = [];
  #error: DeploymentError | undefined;
  #cancelled = false;

  constructor(context: OrchestrationContext) {
    this.#context = context;
  }

  get records(): StepRecord[] {
    return [...this.#records.values()];
  }

  update(record: StepRecord): void {
    this.#records.set(record.name, record);
    this.#publish();
  }

  warn(warnings: readonly string[]): void {
    this.#warnings = warnings;
    this.#publish();
  }

  fail(error: DeploymentError): void {
    this.#error = error;
    this.#publish();
  }

  cancel(): void {
    this.#cancelled = true;
    this.#publish();
  }

  #publish(): void {
    this.#context.df.setCustomStatus(
      fitCustomStatus({
        steps: this.records,
        ...(this.#warnings.length > 0 && { warnings: [...this.#warnings] }),
        ...(this.#error && { error: this.#error }),
        ...(this.#cancelled && { cancelled: true }),
      }),
    );
  }
}
