import { creationSpan, traceContextOf } from './durable-trace.ts';
import { newExecutionId } from './episode/execution-id.ts';
import { arriving, executionStarted } from './episode/history-events.ts';
import { unknownOrchestrator } from './episode/run-episode.ts';
import { type JsonObject, parseJson } from './json.ts';
import { EventType } from './replay/event-type.ts';
import type { StoredInstance, StoredMessage } from './store/stored-types.ts';
import { type InstanceQuery, isTerminal, type StartOptions, TaskHubError } from './task-hub.ts';
import { CommandQueue } from './work/command-queue.ts';
import type { FunctionNames } from './work/function-names.ts';
import { type Hub, isLive } from './work/hub.ts';
import { rewindInstance } from './work/rewind.ts';

const MAX_ID_LENGTH = 256;
/** What Azure Storage takes in no key of a row. */
const INVALID_IN_KEYS = /[/\\#?\p{Cc}]/u;

/** The commands of a task hub's clients (durable extension DurableClient.cs): check, then enqueue. */
export class Client {
  readonly #hub: Hub;
  readonly #names: FunctionNames;
  readonly #commands: CommandQueue;
  readonly #forget: (instanceId: string) => void;

  /** @param forget - drops what the engine keeps in memory of an instance. */
  constructor(hub: Hub, names: FunctionNames, forget: (instanceId: string) => void) {
    this.#hub = hub;
    this.#names = names;
    this.#forget = forget;
    this.#commands = new CommandQueue(hub);
  }

  /**
   * Check and insert are apart, as in Azure Storage: of two starts at the same moment both are accepted, and the later one's message and
   * row are dropped. A start after the row was made is refused.
   */
  async start(options: StartOptions): Promise<string> {
    const began = Date.now();
    const { name, input } = options;
    const instanceId = options.instanceId ?? newExecutionId();
    checkInstanceId(instanceId);
    if (!this.#names.has('orchestrationTrigger', name)) {
      throw new TaskHubError(
        'invalid-argument',
        unknownOrchestrator(name, this.#hub.options.worker.names('orchestrationTrigger')),
      );
    }
    checkJson(input);
    const seen = this.#hub.store.instance(instanceId);
    if (isLive(seen) && !this.#hub.settings.overrideAnyState) {
      throw new TaskHubError(
        'already-exists',
        `An Orchestration instance with the status ${seen.runtimeStatus} already exists.`,
      );
    }
    const start = {
      instanceId,
      executionId: newExecutionId(),
      name,
      version: options.version ?? this.#hub.settings.defaultVersion,
      input,
      parent: null,
    };
    const { tracer } = this.#hub.options;
    const span = tracer && creationSpan(start, options.trace, began);
    const parentTraceContext = span && traceContextOf(span.trace);
    await this.#commands.run((afterwards) => {
      if (this.#hub.store.instance(instanceId)?.executionId !== seen?.executionId) return [];
      const now = this.#hub.now();
      const instance: StoredInstance = {
        ...start,
        runtimeStatus: 'Pending',
        customStatus: null,
        output: null,
        createdTime: now,
        lastUpdatedTime: now,
        events: 0,
      };
      this.#hub.store.saveInstance(instance);
      afterwards(() => this.#hub.changed(instance));
      return this.#hub.enqueue([
        {
          kind: 'orchestrator',
          instanceId,
          executionId: start.executionId,
          dueAt: null,
          body: executionStarted(now, { ...start, parentTraceContext }),
        },
      ]);
    });
    if (span) tracer?.record({ ...span, endMs: Date.now() });
    return instanceId;
  }

  raiseEvent(instanceId: string, name: string, input: string | null): Promise<void> {
    checkJson(input);
    return this.#send(instanceId, EventType.EventRaised, { Name: name, Input: input });
  }

  terminate(instanceId: string, reason: string | null): Promise<void> {
    return this.#send(instanceId, EventType.ExecutionTerminated, { Input: reason });
  }

  async suspend(instanceId: string, reason: string | null): Promise<void> {
    const { runtimeStatus } = this.#live(instanceId);
    if (runtimeStatus === 'Suspended') throw inState('suspend', instanceId, runtimeStatus);
    await this.#send(instanceId, EventType.ExecutionSuspended, { Reason: reason });
  }

  async resume(instanceId: string, reason: string | null): Promise<void> {
    const { runtimeStatus } = this.#live(instanceId);
    if (runtimeStatus !== 'Suspended') throw inState('resume', instanceId, runtimeStatus);
    await this.#send(instanceId, EventType.ExecutionResumed, { Reason: reason });
  }

  async rewind(instanceId: string, reason: string): Promise<void> {
    const { runtimeStatus } = this.#known(instanceId);
    if (runtimeStatus !== 'Failed') {
      if (isTerminal(runtimeStatus)) throw finished(instanceId, runtimeStatus);
      throw new TaskHubError(
        'invalid-operation',
        'The rewind operation is only supported on failed orchestration instances.',
      );
    }
    await this.#commands.run((afterwards) => {
      const { rewound, messages } = rewindInstance(this.#hub, instanceId, reason);
      afterwards(() => {
        for (const instance of rewound) {
          this.#forget(instance.instanceId);
          this.#hub.changed(instance);
        }
      });
      return messages;
    });
  }

  async restart(instanceId: string, withNewInstanceId: boolean): Promise<string> {
    const old = this.#hub.store.instance(instanceId);
    if (!old) {
      // The misspelling is the extension's.
      throw new TaskHubError('invalid-argument', `An orchestrastion with the instanceId ${instanceId} was not found.`);
    }
    const { name, input } = old;
    return await this.start({ name, input, ...(withNewInstanceId ? {} : { instanceId }) });
  }

  async purge(instanceId: string): Promise<number> {
    return await this.#purge(() => (this.#hub.store.instance(instanceId) ? [instanceId] : []));
  }

  async purgeBy(query: InstanceQuery): Promise<number> {
    return await this.#purge(() => this.#hub.store.idsOf(query));
  }

  async signalEntity(name: string, key: string, operation: string, input: string | null): Promise<void> {
    if (INVALID_IN_KEYS.test(key)) {
      // DurableClient.SignalEntityAsync passes the name and the message of the argument in the wrong order.
      throw new TaskHubError(
        'invalid-argument',
        "entityKey (Parameter 'Entity keys must not contain /, \\, #, ?, or control characters.')",
      );
    }
    if (!this.#names.has('entityTrigger', name)) {
      throw new TaskHubError(
        'invalid-argument',
        unknownEntity(name.toLowerCase(), this.#hub.options.worker.names('entityTrigger')),
      );
    }
    const body = {
      name: 'op',
      request: { op: operation, signal: true, input: input ?? undefined, id: newExecutionId() },
    };
    await this.#commands.run(() =>
      this.#hub.enqueue([
        { kind: 'entity', instanceId: entityInstanceId(name, key), executionId: null, dueAt: null, body },
      ]),
    );
  }

  async #purge(find: () => readonly string[]): Promise<number> {
    let count = 0;
    await this.#commands.run((afterwards) => {
      const ids = find();
      count = ids.length;
      for (const id of ids) {
        const timers = this.#hub.store.deleteTimers(id);
        this.#hub.store.deleteInstance(id);
        afterwards(() => {
          this.#hub.cancelTimers(timers);
          this.#forget(id);
        });
      }
      return [];
    });
    return count;
  }

  async #send(instanceId: string, type: number, fields: JsonObject): Promise<void> {
    this.#live(instanceId);
    await this.#commands.run((): readonly StoredMessage[] =>
      this.#hub.enqueue([
        {
          kind: 'orchestrator',
          instanceId,
          executionId: null,
          dueAt: null,
          body: arriving(type, this.#hub.now(), fields),
        },
      ]),
    );
  }

  #known(instanceId: string): StoredInstance {
    const instance = this.#hub.store.instance(instanceId);
    if (!instance) throw new TaskHubError('not-found', `No instance with ID '${instanceId}' found.`);
    return instance;
  }

  #live(instanceId: string): StoredInstance {
    const instance = this.#known(instanceId);
    if (isTerminal(instance.runtimeStatus)) throw finished(instanceId, instance.runtimeStatus);
    return instance;
  }
}

/** The instance id of an entity's scheduler (EntityId.GetSchedulerIdFromEntityId). */
export const entityInstanceId = (name: string, key: string): string => `@${name.toLowerCase()}@${key}`;

/** DurableTaskExtension.cs, GetInvalidEntityFunctionMessage. */
const unknownEntity = (name: string, known: readonly string[]): string =>
  `The function '${name}' doesn't exist, is disabled, or is not an entity function. Additional info: ${
    known.length
      ? `The following are the known entity functions: '${known.join("', '")}'.`
      : 'No entity functions are currently registered!'
  }`;

const finished = (instanceId: string, status: string): TaskHubError =>
  new TaskHubError('terminal', `The orchestration instance ${instanceId} is in the ${status} state.`);

const inState = (verb: string, instanceId: string, status: string): TaskHubError =>
  new TaskHubError(
    'invalid-operation',
    `Cannot ${verb} the orchestration instance ${instanceId} because instance is in the ${status} state.`,
  );

const checkInstanceId = (instanceId: string): void => {
  const invalid = (message: string): TaskHubError => new TaskHubError('invalid-argument', message);
  if (instanceId.startsWith('@')) throw invalid('Orchestration instance ids must not start with @.');
  if (INVALID_IN_KEYS.test(instanceId)) {
    throw invalid('Orchestration instance ids must not contain /, \\, #, ?, or control characters.');
  }
  if (instanceId.length === 0 || instanceId.length > MAX_ID_LENGTH) {
    throw invalid(`Instance ID lengths must not exceed ${MAX_ID_LENGTH} characters.`);
  }
};

const checkJson = (text: string | null): void => {
  if (text !== null && text !== '' && parseJson(text) === undefined) {
    throw new TaskHubError('invalid-argument', 'Invalid JSON content.');
  }
};
