import type { InvocationContext } from '@azure/functions';
import { instruments } from './instruments.ts';
import { log } from './log.ts';
import type { OrchestrationEnd } from './orchestration-end.ts';
import type { Subject } from './subject.ts';
import { events, metricAttributes, stepKind } from './telemetry-names.ts';

/** Counts what an orchestration did, when it has ended: a step's times are the orchestration's own, deadlines and cancellations included. */
export const recordEnd = (context: InvocationContext, end: OrchestrationEnd): void => {
  const { kind, deployment, run, status, steps, error } = end;
  const { stepDuration, ended } = instruments();
  for (const { name, state, startedAt, endedAt } of steps) {
    if (startedAt === undefined || endedAt === undefined) continue;
    stepDuration.record((Date.parse(endedAt) - Date.parse(startedAt)) / 1000, {
      [metricAttributes.step]: stepKind(name),
      [metricAttributes.outcome]: state,
    });
  }
  if (kind === 'branch') return;
  ended.add(1, { [metricAttributes.status]: status });
  const event = kind === 'undo' ? events.undoEnded : events.deploymentEnded;
  const what = `${kind === 'undo' ? 'The undo of the deployment' : 'The deployment'} ${deployment}`;
  const fields = { event, deployment, run, status, code: error?.code, correlationId: error?.correlationId };
  const why = error && ` ${error.step}: ${error.code}: ${error.message}`;
  log(context, error ? 'error' : 'info', `${what} ended: ${status}.${why ?? ''}`, {
    ...fields,
    ...(error && { step: error.step }),
  });
};

/** Counts an activity that threw, which none of ours should: the driver calls it again. */
export const recordCrash = ({ step }: Subject): void => {
  if (step === undefined) return;
  instruments().stepRetries.add(1, {
    [metricAttributes.step]: stepKind(step),
    [metricAttributes.class]: 'crash',
    [metricAttributes.code]: 'ActivityCrashed',
  });
};
