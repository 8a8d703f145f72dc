import type { InvocationContext } from '@azure/functions';
import { type Context, context as contextApi, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { z } from 'zod';
import { redactSecrets } from '../deployment/redact-secrets.ts';
import { type Subject, subjectAttributes } from './subject.ts';
import { SCOPE, stepKind } from './telemetry-names.ts';

const answerSchema = z.object({ status: z.number() });

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
      const status = answerSchema.safeParse(result).data?.status;
      if (status !== undefined && isHttp(context)) {
        span.setAttribute('http.response.status_code', status);
        if (status >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
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
