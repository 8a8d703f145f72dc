import * as z from 'zod';
import type { RpcTypedData } from '../worker/function-worker.ts';
import type { LoadedApp } from '../worker/loaded-app.ts';
import type { LoadedFunction } from '../worker/loaded-function.ts';
import type { HostRequest, HostResponse } from './host-message.ts';

/** What {@link runByHand} needs. */
export interface RunByHandOptions {
  readonly app: LoadedApp;
  /** The JSON that a timer function is given. */
  readonly timerInfo: (target: LoadedFunction) => string | undefined;
}

const Invocation = z.object({ input: z.string().nullish() });

/** The triggers that take nothing but their own kind of data; the platform answers 202 and the run fails. */
const NEEDS_ITS_OWN: Readonly<Record<string, string>> = {
  httptrigger: 'An HttpRequest is required: call its URL instead.',
  orchestrationtrigger: 'An orchestration is started by a durable client.',
  activitytrigger: 'An activity is called by an orchestration.',
  entitytrigger: 'An entity is signalled by a durable client.',
};

/**
 * `POST /admin/functions/{name}` with `{"input": "…"}`: answers 202 at once and runs the function with that text as its trigger's data, also when it
 * is disabled; a timer function gets its present schedule (azure-functions-host `FunctionsController.Invoke`, azure-webjobs-sdk-extensions
 * `TimerTriggerBinding.BindAsync`).
 */
export const runByHand = (
  { app, timerInfo }: RunByHandOptions,
  target: LoadedFunction | undefined,
  { headers, body }: HostRequest,
): HostResponse => {
  if (!/^(application|text)\/([\w.-]+\+)?json\b/i.test(headers.get('content-type') ?? '')) return { status: 415 };
  const invocation = Invocation.safeParse(parsed(body));
  if (!invocation.success) return { status: 400 };
  if (!target) return { status: 404 };
  const kind = target.triggerType.toLowerCase();
  const why = NEEDS_ITS_OWN[kind];
  if (why !== undefined) {
    app.reportFailure(target, new Error(why));
    return { status: 202 };
  }
  const { input } = invocation.data;
  const text: RpcTypedData = input === null || input === undefined ? {} : { string: input };
  const info = kind === 'timertrigger' ? timerInfo(target) : undefined;
  void app.invokeUnattended(
    target,
    info === undefined ? text : { json: info },
    'This function was programmatically called via the host APIs.',
  );
  return { status: 202 };
};

const parsed = (body: Buffer): unknown => {
  try {
    return JSON.parse(body.toString());
  } catch {
    return undefined;
  }
};
