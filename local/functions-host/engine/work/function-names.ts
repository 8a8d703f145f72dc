import type { DurableTriggerType, FunctionWorker } from '../../worker/function-worker.ts';

/** Looks function names up without regard to case, as the extension does (FunctionName.cs). */
export class FunctionNames {
  readonly #names = new Map<DurableTriggerType, ReadonlySet<string>>();
  readonly #worker: FunctionWorker;

  constructor(worker: FunctionWorker) {
    this.#worker = worker;
  }

  has(type: DurableTriggerType, name: string): boolean {
    let names = this.#names.get(type);
    if (!names) {
      names = new Set(this.#worker.names(type).map((each) => each.toLowerCase()));
      this.#names.set(type, names);
    }
    return names.has(name.toLowerCase());
  }
}
