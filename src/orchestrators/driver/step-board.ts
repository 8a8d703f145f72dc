import type { StepStatus } from '../../deployment/driver/step.ts';
import type { Finding } from '../../deployment/plan/finding.ts';
import type { Actor } from '../../deployment/run/actor.ts';
import type { Approval } from '../../deployment/run/approval.ts';
import type { DeploymentError } from '../../deployment/run/deployment-run.ts';
import { fitCustomStatus } from '../../deployment/run/fit-custom-status.ts';
import type { Kept } from '../../deployment/run/kept.ts';
import type { OrchestrationContext } from '../../task-hub/orchestration.ts';

/** The steps that one orchestration drives itself, shown in its custom status while they run. */
export class StepBoard {
  readonly #context: OrchestrationContext;
  #run: string | undefined;
  readonly #records = new Map<string, StepStatus>();
  #warnings: readonly string[] = [];
  #findings: readonly Finding[] = [];
  #kept: readonly Kept[] = [];
  #inside: readonly string[] = [];
  #error: DeploymentError | undefined;
  #cancelled = false;
  #finishing = false;
  #cancelledBy: Actor | undefined;
  #waiting: string | undefined;
  #approval: Approval | undefined;

  /** @param run - the deployment's run, for the orchestrations that callers ask for by the deployment's id. */
  constructor(context: OrchestrationContext, run?: string) {
    this.#context = context;
    this.#run = run;
  }

  get records(): StepStatus[] {
    return [...this.#records.values()];
  }

  /** @param run - another run than that which it was made for. */
  isOf(run: string): void {
    this.#run = run;
    this.#publish();
  }

  update(record: StepStatus): void {
    this.#records.set(record.name, record);
    this.#publish();
  }

  warn(warnings: readonly string[]): void {
    this.#warnings = warnings;
    this.#publish();
  }

  /** @param findings - what the preflight found, when it refuses the deployment. */
  refuse(findings: readonly Finding[]): void {
    this.#findings = findings;
    this.#publish();
  }

  /**
   * Shows what an undo leaves.
   *
   * @param inside - the ids of what goes with the resource group.
   */
  keep(kept: readonly Kept[], inside: readonly string[]): void {
    this.#kept = kept;
    this.#inside = inside;
    this.#publish();
  }

  fail(error: DeploymentError): void {
    this.#error = error;
    this.#publish();
  }

  /** @param reason - why nothing has begun yet; undefined once it may. */
  wait(reason: string | undefined): void {
    this.#waiting = reason;
    this.#publish();
  }

  /** @param approval - how far it is; shown from then on. */
  approve(approval: Approval): void {
    this.#approval = approval;
    this.#publish();
  }

  /** All steps have succeeded: only a cancel that was sent before is still heard. */
  finish(): void {
    this.#finishing = true;
    this.#publish();
  }

  cancel(by: Actor | undefined): void {
    this.#cancelled = true;
    this.#cancelledBy = by;
    this.#publish();
  }

  #publish(): void {
    this.#context.df.setCustomStatus(
      fitCustomStatus({
        ...(this.#run !== undefined && { run: this.#run }),
        steps: this.records,
        ...(this.#warnings.length > 0 && { warnings: [...this.#warnings] }),
        ...(this.#findings.length > 0 && { findings: [...this.#findings] }),
        ...(this.#kept.length > 0 && { kept: [...this.#kept] }),
        ...(this.#inside.length > 0 && { inside: [...this.#inside] }),
        ...(this.#waiting !== undefined && { waiting: this.#waiting }),
        ...(this.#approval && { approval: this.#approval }),
        ...(this.#error && { error: this.#error }),
        ...(this.#finishing && { finishing: true }),
        ...(this.#cancelled && { cancelled: true }),
        ...(this.#cancelledBy && { cancelledBy: this.#cancelledBy }),
      }),
    );
  }
}
