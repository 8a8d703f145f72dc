import { app, type InvocationContext, type PostInvocationContext, type PreInvocationContext } from '@azure/functions';
import { type Context, context as contextApi, propagation } from '@opentelemetry/api';
import { z } from 'zod';
import { httpAnswerSchema } from './http-answer.ts';
import { inInvocationSpan } from './invocation-span.ts';
import { log } from './log.ts';
import { logText } from './log-text.ts';
import { endOfOrchestration } from './orchestration-end.ts';
import { quietly } from './quietly.ts';
import { recordCrash, recordEnd } from './record-end.ts';
import { withSubject } from './subject.ts';
import { subjectOfInvocation } from './subject-of-invocation.ts';
import { events } from './telemetry-names.ts';

/**
 * Watches every invocation from outside, so that functions and orchestrators know nothing of it: what it is about, the trace that it belongs to, how orchestrations and
 * requests ended. With no exporter all of OpenTelemetry's calls here do nothing.
 */
export const watchInvocations = (): void => {
  app.hook.log((line) => {
    line.message = logText(line.message);
  });
  app.hook.preInvocation(enterTrace);
  app.hook.postInvocation((hook) => {
    const { invocationContext: context } = hook;
    // A hook that throws would fail the invocation.
    contextApi.with(traceOf(context), () => quietly(context, () => recordOutcome(hook)));
  });
};

const recordOutcome = ({ invocationContext: context, inputs, result, error }: PostInvocationContext): void => {
  switch (context.options.trigger.type) {
    case 'orchestrationTrigger': {
      const end = endOfOrchestration(inputs[0], result, error);
      if (end) recordEnd(context, end);
      break;
    }
    case 'activityTrigger':
      if (error) recordCrash(subjectOfInvocation(context, inputs));
      break;
    case 'httpTrigger':
      recordAnswer(context, inputs, result);
      break;
  }
};

/** The host's span of an invocation. */
const traceOf = ({ traceContext }: InvocationContext): Context => {
  const { traceParent, traceState } = traceContext ?? {};
  return propagation.extract(contextApi.active(), { traceparent: traceParent, tracestate: traceState });
};

/**
 * Continues the trace of the host, as `@azure/functions-opentelemetry-instrumentation` 0.2.0 does (that package patches modules while they load, which is too late for an
 * ES module's imports). An orchestrator gets no span: its code runs again for every event.
 */
const enterTrace = (hook: PreInvocationContext): void => {
  const { invocationContext: context, functionHandler } = hook;
  const parent = traceOf(context);
  hook.functionHandler = (...args) => {
    const run = () => functionHandler(...args);
    if (context.options.trigger.type === 'orchestrationTrigger') return contextApi.with(parent, run);
    const subject = subjectOfInvocation(context, hook.inputs);
    return withSubject(subject, () => inInvocationSpan(context, subject, parent, run));
  };
};

const requestSchema = z.object({ method: z.string() });

/** Who changed what is worth a line; who only read is not. */
const recordAnswer = (context: InvocationContext, inputs: readonly unknown[], result: unknown): void => {
  const [request] = inputs;
  const answer = httpAnswerSchema.safeParse(result).data;
  const method = requestSchema.safeParse(request).data?.method;
  if (!answer || method === undefined || method === 'GET' || method === 'HEAD' || method === 'OPTIONS') return;
  const { status, jsonBody } = answer;
  const { id, run } = jsonBody ?? {};
  const fields = { event: events.requestAnswered, ...subjectOfInvocation(context, inputs) };
  log(context, status < 400 ? 'info' : 'warn', `${context.functionName} answered ${status}.`, {
    ...fields,
    ...(id !== undefined && { deployment: id }),
    ...(run !== undefined && { run }),
  });
};
