import type { StepStatus } from '../../deployment/driver/step.ts';
import {
  advanceStep,
  beginStep,
  cancelStep,
  countCall,
  type StepExecution,
} from '../../deployment/driver/step-execution.ts';
import type { OrchestrationContext, Task } from '../../task-hub/orchestration.ts';
import { callActivities } from './call-activities.ts';
import type { Cancellation } from './cancellation.ts';
import type { BegunStep, DrivenStep, StepValues } from './driven-step.ts';

export interface DriveOptions {
  /** Is called at every change of a step's status. */
  readonly onStatus: (status: StepStatus) => void;
  readonly cancellation: Cancellation;
  /** The deployment's run, where the instance id does not name it. */
  readonly run?: string;
}

/**
 * Drives steps to their ends, each as soon as all that it waits for has succeeded: calls the activities that are due, all at once, then sleeps on one
 * durable timer until the next is due. An activity reports the end of its step or how long to wait before it is called again.
 * Attempts, timers and what was learnt are in the durable history, the work itself is in Azure; so a host that dies goes on in the
 * middle of a long operation without starting it again. A step that fails keeps those that wait for it from beginning, and no others.
 *
 * @param known - what steps gave that were driven before.
 * @returns the steps that began, as they ended.
 */
export function* driveGraph(
  context: OrchestrationContext,
  steps: readonly DrivenStep[],
  { onStatus, cancellation, run }: DriveOptions,
  known: StepValues = new Map(),
): Generator<Task, readonly StepExecution[], unknown> {
  const begun = new Map<string, BegunStep>();
  const values = new Map(known);
  const set = (step: BegunStep): void => {
    begun.set(step.driven.name, step);
    if (step.execution.record.state === 'Succeeded') values.set(step.driven.name, step.execution.value);
    onStatus(step.execution.record);
  };

  for (;;) {
    const { now } = cancellation;
    if (cancellation.requested) {
      for (const step of begun.values()) {
        if (step.execution.dueAt !== undefined) set({ ...step, execution: cancelStep(step.execution, now) });
      }
      break;
    }
    for (const driven of readyToBegin(steps, begun)) {
      set({ driven, input: driven.input(values), execution: beginStep(driven.name, now) });
    }
    const waiting = [...begun.values()].filter(({ execution }) => execution.dueAt !== undefined);
    if (waiting.length === 0) break;

    const due = waiting.filter(({ execution: { dueAt = now } }) => dueAt <= now);
    if (due.length === 0) {
      const earliest = Math.min(...waiting.flatMap(({ execution: { dueAt } }) => dueAt ?? []));
      yield* cancellation.sleepUntil(earliest);
      continue;
    }
    const called = due.map((step) => ({ ...step, execution: countCall(step.execution) }));
    for (const step of called) set(step);
    const results = yield* callActivities(context, called, now, run);
    const reportedAt = context.df.currentUtcDateTime.getTime();
    for (const [position, step] of called.entries()) {
      const { deadlineSeconds } = step.driven.contract;
      set({ ...step, execution: advanceStep(step.execution, results(position), reportedAt, deadlineSeconds) });
    }
  }
  return [...begun.values()].map(({ execution }) => execution);
}

/** The steps that may begin now: what they wait for has succeeded, and the limit of their kind leaves room. */
const readyToBegin = (steps: readonly DrivenStep[], begun: ReadonlyMap<string, BegunStep>): readonly DrivenStep[] => {
  const isDriven = (name: string): boolean => steps.some((step) => step.name === name);
  const hasSucceeded = (name: string): boolean => begun.get(name)?.execution.record.state === 'Succeeded';
  const underWay = new Map<string, number>();
  // One that waits for a limit of others to pass does not hold up those that have not begun.
  for (const { driven, execution } of begun.values()) {
    if (execution.dueAt !== undefined && execution.record.state === 'Running') countUp(underWay, driven);
  }
  return steps.filter((step) => {
    if (begun.has(step.name)) return false;
    if (!(step.waitsFor ?? []).every((name) => !isDriven(name) || hasSucceeded(name))) return false;
    if (step.atOnce !== undefined && (underWay.get(step.contract.activity) ?? 0) >= step.atOnce) return false;
    countUp(underWay, step);
    return true;
  });
};

const countUp = (counts: Map<string, number>, { contract: { activity } }: DrivenStep): void => {
  counts.set(activity, (counts.get(activity) ?? 0) + 1);
};
