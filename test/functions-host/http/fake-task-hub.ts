import {
  type HistoryEvent,
  type InstancePage,
  type InstanceQuery,
  type InstanceState,
  type RuntimeStatus,
  type StorageState,
  TaskHubError,
} from '../../../local/functions-host/engine/task-hub.ts';
import type { OpenTaskHub } from '../../../local/functions-host/http/serve-app.ts';

/** A task hub without an engine: instances are what the test says, commands are written down. */
export class FakeTaskHub implements OpenTaskHub {
  readonly instances = new Map<string, InstanceState>();
  readonly histories = new Map<string, readonly HistoryEvent[]>();
  readonly entities = new Map<string, string>();
  readonly commands: unknown[][] = [];
  readonly #waiters: (() => void)[] = [];

  put(instanceId: string, fields: Partial<InstanceState> = {}): void {
    this.instances.set(instanceId, {
      name: 'hello',
      instanceId,
      executionId: 'e',
      runtimeStatus: 'Running',
      input: null,
      customStatus: null,
      output: null,
      createdTime: Date.UTC(2026, 0, 1, 12),
      lastUpdatedTime: Date.UTC(2026, 0, 1, 12, 0, 5, 900),
      ...fields,
    });
    for (const waiter of this.#waiters.splice(0)) waiter();
  }

  async start({
    name,
    instanceId = '0'.repeat(32),
    input,
  }: {
    name: string;
    instanceId?: string;
    input: string | null;
  }) {
    if (name !== 'hello') throw new TaskHubError('invalid-argument', `The function '${name}' doesn't exist.`);
    if (this.instances.get(instanceId)?.runtimeStatus === 'Running') {
      throw new TaskHubError('already-exists', 'An Orchestration instance with the status Running already exists.');
    }
    this.commands.push(['start', name, instanceId, input]);
    this.put(instanceId, { name, input, runtimeStatus: 'Pending' });
    return instanceId;
  }
  get(instanceId: string): InstanceState | undefined {
    return this.instances.get(instanceId);
  }
  history(instanceId: string): readonly HistoryEvent[] {
    return this.histories.get(instanceId) ?? [];
  }
  list(query: InstanceQuery): InstancePage {
    this.commands.push(['list', query]);
    const all = [...this.instances.values()].filter(
      ({ instanceId, runtimeStatus }) =>
        instanceId.startsWith(query.instanceIdPrefix ?? '') && (query.runtimeStatus?.includes(runtimeStatus) ?? true),
    );
    const from = Number(query.continuationToken ?? 0);
    const to = from + (query.top ?? all.length);
    return { instances: all.slice(from, to), continuationToken: to < all.length ? String(to) : '' };
  }
  async raiseEvent(...args: [string, string, string | null]): Promise<void> {
    this.commands.push(['raiseEvent', ...args]);
  }
  async terminate(...args: [string, string | null]): Promise<void> {
    this.commands.push(['terminate', ...args]);
  }
  async suspend(...args: [string, string | null]): Promise<void> {
    this.commands.push(['suspend', ...args]);
  }
  async resume(...args: [string, string | null]): Promise<void> {
    this.commands.push(['resume', ...args]);
  }
  async rewind(...args: [string, string]): Promise<void> {
    this.commands.push(['rewind', ...args]);
  }
  async restart(instanceId: string, withNewInstanceId: boolean): Promise<string> {
    if (!this.instances.has(instanceId)) throw new TaskHubError('not-found', `There is no ${instanceId}.`);
    this.commands.push(['restart', instanceId, withNewInstanceId]);
    return withNewInstanceId ? 'new' : instanceId;
  }
  async purge(instanceId: string): Promise<number> {
    return this.instances.delete(instanceId) ? 1 : 0;
  }
  async purgeBy(query: InstanceQuery): Promise<number> {
    this.commands.push(['purgeBy', query]);
    return query.runtimeStatus?.includes('Failed') ? 0 : 2;
  }
  async signalEntity(...args: [string, string, string, string | null]): Promise<void> {
    this.commands.push(['signalEntity', ...args]);
  }
  entityState(name: string, key: string): string | undefined {
    return this.entities.get(`@${name.toLowerCase()}@${key}`);
  }
  readonly storage = { failure: undefined, refusals: 0 };
  checkStorage(): StorageState {
    return this.storage;
  }
  async waitFor(instanceId: string, statuses: readonly RuntimeStatus[]): Promise<InstanceState> {
    for (;;) {
      const state = this.instances.get(instanceId);
      if (state && statuses.includes(state.runtimeStatus)) return state;
      await new Promise<void>((resolve) => this.#waiters.push(resolve));
    }
  }
  async close(): Promise<void> {
    this.commands.push(['close']);
  }
  abandon(): void {
    this.commands.push(['abandon']);
  }
}
