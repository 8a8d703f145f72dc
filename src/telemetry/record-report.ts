import type { InvocationContext } from '@azure/functions';
import type { ActivityResult, StepCallData } from '../deployment/driver/activity-result.ts';
import { instruments } from './instruments.ts';
import { type LogFields, log } from './log.ts';
import { events, metricAttributes, stepKind } from './telemetry-names.ts';

/**
 * Writes the log line of one call of a step's activity, as an operator wants to read it: that Azure began to work, that it is tried again and why, how it ended. The
 * polls of an operation that goes on are worth a line at Debug only.
 *
 * @param tookSeconds - the call itself.
 */
export const recordReport = (
  context: InvocationContext,
  call: StepCallData,
  report: ActivityResult,
  tookSeconds: number,
): void => {
  const { step = context.functionName, ageSeconds = 0 } = call;
  const seconds = Math.round((ageSeconds + tookSeconds) * 10) / 10;
  const { level, text, fields } = lineOf(report, seconds, call.runningSeconds === 0);
  log(context, level, `${step}: ${text}`, { ...fields, seconds });
  if (report.kind !== 'wait' || !report.error) return;
  instruments().stepRetries.add(1, {
    [metricAttributes.step]: stepKind(step),
    [metricAttributes.class]: report.error.class,
    [metricAttributes.code]: report.error.code,
  });
};

interface Line {
  readonly level: 'info' | 'warn' | 'error' | 'debug';
  readonly text: string;
  readonly fields: LogFields;
}

const lineOf = (report: ActivityResult, seconds: number, isFirstCall: boolean): Line => {
  switch (report.kind) {
    case 'done': {
      const changed = report.changed?.length ? ` (${report.changed.join(', ')})` : '';
      const note = report.note === undefined ? '' : ` ${report.note}`;
      const text = `${report.change}${changed} after ${seconds} s.${note}`;
      return { level: 'info', text, fields: { event: events.stepSucceeded } };
    }
    case 'failed': {
      const { code, message, correlationId } = report.error;
      const text = `failed after ${seconds} s. ${code}: ${message}`;
      return { level: 'error', text, fields: { event: events.stepFailed, code, correlationId } };
    }
    case 'wait': {
      const delay = Math.round(report.requeueAfterSeconds);
      if (!report.error) {
        const text = `Azure is at work; polled again in ${delay} s.`;
        return { level: isFirstCall ? 'info' : 'debug', text, fields: { event: events.stepRunning } };
      }
      const { code, message, correlationId } = report.error;
      const text = `tried again in ${delay} s. ${code}: ${message}`;
      return { level: 'warn', text, fields: { event: events.stepRetries, code, correlationId } };
    }
  }
};
