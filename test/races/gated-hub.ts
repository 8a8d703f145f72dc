import type { Instance } from '../../src/deployment/run/instance.ts';
import type { ListOptions, TaskHub } from '../../src/task-hub/task-hub.ts';

/** Decides whose call to the task hub is next. */
export class Turns {
  readonly #order: string[];
  readonly #waiting: { readonly who: string; readonly go: () => void }[] = [];
  readonly #over = new Set<string>();
  #busy = false;

  /** @param order - who may call, one letter a call; after that whoever asks first. */
  constructor(order: string) {
    this.#order = [...order];
  }

  async take<T>(who: string, call: () => Promise<T>): Promise<T> {
    await new Promise<void>((go) => {
      this.#waiting.push({ who, go });
      this.#next();
    });
    try {
      return await call();
    } finally {
      this.#busy = false;
      this.#next();
    }
  }

  /** Somebody will not call again. */
  over(who: string): void {
    this.#over.add(who);
    this.#next();
  }

  #next(): void {
    if (this.#busy) return;
    while (this.#over.has(this.#order[0] ?? '')) this.#order.shift();
    const turn = this.#order[0];
    const index = turn === undefined ? 0 : this.#waiting.findIndex(({ who }) => who === turn);
    const [next] = index < 0 ? [] : this.#waiting.splice(index, 1);
    if (!next) return;
    this.#order.shift();
    this.#busy = true;
    next.go();
  }
}

/** A task hub whose every call waits for its turn. */
export class GatedHub implements TaskHub {
  readonly address: string;
  calls = 0;
  readonly #hub: TaskHub;
  readonly #turns: Turns;
  readonly #who: string;

  constructor(hub: TaskHub, turns: Turns, who: string) {
    this.#hub = hub;
    this.#turns = turns;
    this.#who = who;
    this.address = hub.address;
  }

  find(instanceId: string): Promise<Instance | undefined> {
    return this.#call(() => this.#hub.find(instanceId));
  }

  list(prefix: string, options?: ListOptions): Promise<Instance[]> {
    return this.#call(() => this.#hub.list(prefix, options));
  }

  start(orchestrator: string, instanceId: string, input: unknown): Promise<void> {
    return this.#call(() => this.#hub.start(orchestrator, instanceId, input));
  }

  raise(instanceId: string, event: string, data: unknown): Promise<void> {
    return this.#call(() => this.#hub.raise(instanceId, event, data));
  }

  purge(instanceId: string): Promise<number> {
    return this.#call(() => this.#hub.purge(instanceId));
  }

  #call<T>(call: () => Promise<T>): Promise<T> {
    this.calls++;
    return this.#turns.take(this.#who, call);
  }
}
