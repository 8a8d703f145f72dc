import type { Instance } from '../../src/deployment/run/instance.ts';
import type { ListOptions, TaskHub } from '../../src/task-hub/task-hub.ts';

/** A task hub that knows what it is given, and keeps what it is asked for. */
export class MadeUpHub implements TaskHub {
  readonly address = 'http://127.0.0.1:17071/durabletask/';
  readonly started: { readonly orchestrator: string; readonly instanceId: string; readonly input: unknown }[] = [];
  /** Instance and event. */
  readonly raised: { readonly instanceId: string; readonly event: string; readonly data: unknown }[] = [];
  /** Called instead of a start, which then neither starts nor is kept. */
  onStart: (() => void) | undefined;
  readonly #instances = new Map<string, Instance>();

  constructor(...instances: readonly Instance[]) {
    for (const instance of instances) this.set(instance);
  }

  set(instance: Instance): void {
    this.#instances.set(instance.instanceId, instance);
  }

  async find(instanceId: string): Promise<Instance | undefined> {
    return this.#instances.get(instanceId);
  }

  async list(prefix: string, { runtimeStatus, showInput = false }: ListOptions = {}): Promise<Instance[]> {
    return [...this.#instances.values()]
      .filter((each) => each.instanceId.startsWith(prefix))
      .filter((each) => runtimeStatus?.includes(each.runtimeStatus) ?? true)
      .map(({ input, output: _, ...each }) => ({ ...each, ...(showInput && { input }) }));
  }

  async start(orchestrator: string, instanceId: string, input: unknown): Promise<void> {
    if (this.onStart) return this.onStart();
    this.started.push({ orchestrator, instanceId, input });
    const now = new Date();
    this.set({ instanceId, runtimeStatus: 'Pending', createdTime: now, lastUpdatedTime: now, input });
  }

  async raise(instanceId: string, event: string, data: unknown): Promise<void> {
    this.raised.push({ instanceId, event, data });
  }

  async purge(instanceId: string): Promise<number> {
    return this.#instances.delete(instanceId) ? 1 : 0;
  }
}

/** An instance that was created at eight o'clock. */
export const anInstance = (
  instanceId: string,
  runtimeStatus: string,
  rest: Pick<Instance, 'input' | 'customStatus' | 'output'> = {},
): Instance => ({
  instanceId,
  runtimeStatus,
  createdTime: new Date('2026-11-30T08:00:00Z'),
  lastUpdatedTime: new Date('2026-11-30T08:05:00Z'),
  ...rest,
});
