import { toJsonText } from '../json.ts';
import { ActionType, type AsyncAction } from './orchestrator-state.ts';
import type { ReplayContext } from './replay-context.ts';
import { failed, ReplayTask, succeeded } from './replay-task.ts';

interface HeldLocks {
  readonly requestId: string;
  readonly entities: readonly string[];
}

/** Entity calls, signals and locks of one replay (durable extension DurableOrchestrationContext.cs, RequestMessage.cs). */
export class EntityCalls {
  readonly #context: ReplayContext;
  #held: HeldLocks | undefined;

  constructor(context: ReplayContext) {
    this.#context = context;
  }

  /** @param isKnown - whether an entity function of that name exists; it reports the ones that do not. */
  invoke(action: AsyncAction, isKnown: (name: string) => boolean): ReplayTask {
    switch (action.actionType) {
      case ActionType.LockEntities:
        return this.#lock(action, isKnown);
      case ActionType.ReleaseEntities:
        this.releaseLocks();
        return ReplayTask.ended(succeeded);
      default:
        return this.#send(action, isKnown);
    }
  }

  /** The host releases what the code did not. */
  releaseLocks(): void {
    const held = this.#held;
    this.#held = undefined;
    if (!held) return;
    const message = JSON.stringify({ parent: this.#context.instanceId, id: held.requestId });
    for (const entity of held.entities) this.#context.sendEvent(entity, 'release', message);
  }

  #send(action: AsyncAction, isKnown: (name: string) => boolean): ReplayTask {
    const target = action.instanceId ?? '';
    const [, name = ''] = target.split('@');
    if (!isKnown(name)) return ReplayTask.ended(failed);
    const signal = action.actionType === ActionType.SignalEntity;
    const id = this.#context.newGuid();
    this.#context.sendEvent(
      target,
      'op',
      JSON.stringify({
        op: action.operation ?? '',
        ...(signal ? { signal: true } : {}),
        input: toJsonText(action.input) ?? undefined,
        id,
        parent: this.#context.instanceId,
        parentExecution: this.#context.executionId,
      }),
    );
    return signal ? ReplayTask.ended(succeeded) : this.#context.waitForEvent(id);
  }

  #lock(action: AsyncAction, isKnown: (name: string) => boolean): ReplayTask {
    const lockSet = action.lockSet ?? [];
    for (const { name } of lockSet) if (!isKnown(name)) return ReplayTask.ended(failed);
    const lockset = lockSet.map(({ name, key }) => ({ name: name.toLowerCase(), key }));
    const entities = lockset.map(({ name, key }) => `@${name}@${key}`);
    const [first] = entities;
    if (first === undefined) return ReplayTask.ended(failed);
    const id = this.#context.newGuid();
    const { instanceId: parent, executionId: parentExecution } = this.#context;
    this.#context.sendEvent(first, 'op', JSON.stringify({ op: null, id, parent, parentExecution, lockset }));
    const granted = this.#context.waitForEvent(id);
    granted.onEnd(() => {
      this.#held = { requestId: id, entities };
    });
    return granted;
  }
}
