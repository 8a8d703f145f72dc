import type { RpcInvocationResponse } from './core-types.ts';
import type { LoadedFunction } from './loaded-function.ts';
import { WorkerError } from './worker-errors.ts';

const FIRED = ['httptrigger', 'timertrigger', 'orchestrationtrigger', 'activitytrigger', 'entitytrigger'];
const SERVED = ['http', 'durableclient', 'orchestrationclient'];

/**
 * The other types that `@azure/functions` 4.16 offers (its `trigger.ts`, `input.ts`, `output.ts`), and those of the extension bundle that apps reach with
 * `generic` (the latter unverified).
 */
const KNOWN = new Set(
  [
    'blobTrigger blob queueTrigger queue table serviceBusTrigger serviceBus eventHubTrigger eventHub eventGridTrigger eventGrid',
    'cosmosDBTrigger cosmosDB sqlTrigger sql mysqlTrigger mysql warmupTrigger connectorTrigger',
    'webPubSubTrigger webPubSub webPubSubConnection webPubSubContext mcpToolTrigger mcpResourceTrigger mcpPromptTrigger',
    'signalRTrigger signalR signalRConnectionInfo signalRNegotiation sendGrid twilioSms kafkaTrigger kafka rabbitMQTrigger rabbitMQ',
    'kusto daprState daprInvoke daprPublish daprBinding daprSecret daprServiceInvocationTrigger daprTopicTrigger daprBindingTrigger',
    'redisPubSubTrigger redisListTrigger redisStreamTrigger redis assistantSkillTrigger assistantCreate assistantPost assistantQuery',
    'textCompletion embeddings embeddingsStore semanticSearch',
  ]
    .join(' ')
    .toLowerCase()
    .split(' '),
);

/**
 * The types of a function's bindings that no extension has: the platform calls such a function "in error" (azure-functions-host
 * `ScriptHost`/`Utility`, "The binding type(s) … are not registered").
 */
export const unknownTypes = ({ bindings }: LoadedFunction): string[] =>
  Object.values(bindings)
    .map(({ type }) => type)
    .filter((type) => ![...FIRED, ...SERVED].includes(type.toLowerCase()) && !KNOWN.has(type.toLowerCase()));

/** Whether this host fires the function's trigger. */
export const isFired = ({ triggerType }: LoadedFunction): boolean => FIRED.includes(triggerType.toLowerCase());

/** What a person has to know of a function's bindings that are not imitated. @param origin - of the host, e.g. `http://localhost:7071`. */
export const bindingNotes = (target: LoadedFunction, origin: string): string[] => {
  const { name, triggerType } = target;
  const notes: string[] = [];
  if (!isFired(target)) {
    notes.push(
      `'${name}' has a ${triggerType}, which this host does not imitate: it never fires here. Run it by hand with curl -X POST ${origin}/admin/functions/${name} -H 'Content-Type: application/json' -d '{"input":"…"}', or run the app with Azure Functions Core Tools.`,
    );
  }
  for (const type of typesOf(target, 'in')) {
    notes.push(
      `'${name}' takes the input binding ${type}, which this host does not imitate: every invocation fails. Read the data with the service's own SDK, or run the app with Azure Functions Core Tools.`,
    );
  }
  for (const type of typesOf(target, 'out')) {
    notes.push(
      `'${name}' has the output binding ${type}, which this host does not imitate: the function runs, what it writes there is dropped with a warning.`,
    );
  }
  if (target.registered.metadata.retryOptions !== undefined && triggerType.toLowerCase() === 'timertrigger') {
    notes.push(
      `'${name}' has a retry policy, which this host does not imitate: a run that failed is not repeated before its time.`,
    );
  }
  return notes;
};

/** @throws WorkerError when an input binding would have to be made up. */
export const refuseMissingInputs = (target: LoadedFunction): void => {
  const [type] = typesOf(target, 'in');
  if (type === undefined) return;
  throw new WorkerError(
    `The function '${target.name}' takes the input binding ${type}, which the local Functions host does not imitate.`,
  );
};

/** What the function wrote to outputs that lead nowhere, one line each. */
export const lostOutputs = (
  { name, bindings }: LoadedFunction,
  { outputData = [], returnValue }: RpcInvocationResponse,
): string[] => {
  const written = outputData.map((output) => output.name);
  if (returnValue !== null && returnValue !== undefined && bindings.$return) written.push('$return');
  return written.flatMap((key) => {
    const type = bindings[key]?.type ?? '';
    if (type.toLowerCase() === 'http') return [];
    return [
      `What '${name}' wrote to its output binding ${type} was dropped: the local Functions host does not imitate it.`,
    ];
  });
};

/** The types of a function's bindings of one direction that are not imitated. */
const typesOf = ({ bindings, triggerName }: LoadedFunction, direction: 'in' | 'out'): string[] =>
  Object.entries(bindings)
    .filter(([key, binding]) => key !== triggerName && (binding.direction ?? 'in').toLowerCase() === direction)
    .map(([, { type }]) => type)
    .filter((type) => !SERVED.includes(type.toLowerCase()));
