import type { InvocationContext } from '@azure/functions';
import { type Context, context as contextApi, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { redactSecrets } from '../deployment/names/text/redact-secrets.ts';
import { httpAnswerSchema } from './http-answer.ts';
import { type Subject, subjectAttributes } from './subject.ts';
import { SCOPE, stepKind } from './telemetry-names.ts';

/**
 * Runs a function within a span of its own, below the host's span of the same invocation: what the app knows of it (deployment, run, step) can be on no
 * span of the host's (azure-functions-host#11290).
 */
export const inInvocationSpan = (
  context: InvocationContext,
  subject: Subject,
  parent: Context,
  run: () => unknown,
): unknown => {
  const span = trace.getTracer(SCOPE).startSpan(nameOf(context, subject), { kind: SpanKind.INTERNAL }, parent);
  if (!span.isRecording()) return contextApi.with(parent, run);
  span.setAttributes({
    'faas.name': context.functionName,
    'faas.invocation_id': context.invocationId,
    ...subjectAttributes(subject),
  });
  return (async () => {
    try {
      const result = await contextApi.with(trace.setSpan(parent, span), run);
      const answer = isHttp(context) ? httpAnswerSchema.safeParse(result).data : undefined;
      if (answer) {
        const { id, run: ofRun } = answer.jsonBody ?? {};
        span.setAttribute('http.response.status_code', answer.status);
        span.setAttributes(subjectAttributes({ deployment: id, run: ofRun }));
        if (answer.status >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
      }
      return result;
    } catch (error) {
      const message = redactSecrets(error instanceof Error ? error.message : String(error));
      span.setStatus({ code: SpanStatusCode.ERROR, message });
      throw error;
    } finally {
      span.end();
    }
  })();
};

const nameOf = ({ functionName }: InvocationContext, { step }: Subject): string =>
  step === undefined ? functionName : `step ${stepKind(step)}`;

const isHttp = ({ options }: InvocationContext): boolean => options.trigger.type === 'httpTrigger';
