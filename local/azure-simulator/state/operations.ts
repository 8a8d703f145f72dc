import { type Effect, type Operation, type OperationError, operationSchema, statusOf } from './operation.ts';
import type { Store, Table } from './store.ts';

/** An operation as the control API shows it; times in modelled milliseconds. */
export interface OperationView {
  id: string;
  resourceId: string;
  operation: string;
  kind: Operation['kind'];
  startedAt: number;
  endsAt: number | null;
  seconds: number | null;
  status: string;
  error?: { code: string; message: string };
}

/** The operations under way and those that ended. Needs no timers: {@link settle} brings the state up to an instant. */
export class Operations {
  readonly #table: Table<Operation>;
  readonly #pending = new Set<string>();
  /** How many operations each resource has had. */
  readonly #numbers = new Map<string, number>();
  /** No operation under way ends before this instant, so that most requests need not check them all. */
  #earliestEnd = Number.POSITIVE_INFINITY;

  constructor(store: Store) {
    this.#table = store.table('operations', operationSchema);
    for (const operation of this.#table.values()) this.#index(operation);
  }

  add(operation: Operation): void {
    this.#table.set(operation.id, operation);
    this.#index(operation);
  }

  get(id: string): Operation | undefined {
    return this.#table.get(id.toLowerCase());
  }

  /** The number of operations on a resource so far: what makes the next one's id its own, whatever happens elsewhere. */
  numberOf(resourceId: string): number {
    return this.#numbers.get(resourceId.toLowerCase()) ?? 0;
  }

  /** The operation that a resource is busy with, if any. */
  underWay(resourceId: string, now: number): Operation | undefined {
    for (const id of this.#pending) {
      const operation = this.#table.get(id);
      if (operation?.kind !== 'asynchronous' || operation.resourceId.toLowerCase() !== resourceId.toLowerCase())
        continue;
      if (statusOf(operation, now) === 'InProgress') return operation;
    }
    return undefined;
  }

  /** The operation that makes a resource of a type and name, anywhere. */
  findUnderWay(type: string, name: string, now: number): Operation | undefined {
    const end = `/providers/${type}/${name}`.toLowerCase();
    for (const id of this.#pending) {
      const operation = this.#table.get(id);
      if (operation?.resourceId.toLowerCase().endsWith(end) && statusOf(operation, now) === 'InProgress')
        return operation;
    }
    return undefined;
  }

  /** Whether something has ended by now that was not applied yet. */
  isDue(now: number): boolean {
    return now >= this.#earliestEnd;
  }

  /** Applies what ended up to `now`, in the order of the ends. */
  settle(now: number, apply: (effect: Effect, operation: Operation) => void): void {
    for (let next = this.#nextEnded(now); next; next = this.#nextEnded(now)) {
      this.#pending.delete(next.id);
      this.#table.set(next.id, { ...next, settled: true });
      for (const effect of next.error ? next.failure : next.success) apply(effect, next);
    }
    this.#earliestEnd = Number.POSITIVE_INFINITY;
    for (const id of this.#pending) this.#expectEnd(this.#table.get(id));
  }

  /** Ends what would never end, now and well: the fault that held it is gone. */
  release(now: number): void {
    for (const id of this.#pending) {
      const operation = this.#table.get(id);
      if (operation?.endsAt !== null) continue;
      this.#table.set(id, { ...operation, endsAt: now });
      this.#earliestEnd = Math.min(this.#earliestEnd, now);
    }
  }

  /** Cancels what is under way for a resource that goes, so that its effects cannot bring it back. */
  cancel(resourceIdPrefix: string, now: number, error: OperationError): void {
    const prefix = `${resourceIdPrefix.toLowerCase()}/`;
    for (const id of this.#pending) {
      const operation = this.#table.get(id);
      if (!operation || !`${operation.resourceId.toLowerCase()}/`.startsWith(prefix)) continue;
      this.#pending.delete(id);
      this.#table.set(id, {
        ...operation,
        endsAt: now,
        error,
        canceled: true,
        settled: true,
        success: [],
        failure: [],
      });
    }
  }

  view(now: number): OperationView[] {
    return this.#table.values().map((operation) => {
      const { id, resourceId, kind, startedAt, endsAt, error } = operation;
      return {
        id,
        resourceId,
        operation: operation.operation,
        kind,
        startedAt,
        endsAt,
        seconds: endsAt === null ? null : (endsAt - startedAt) / 1000,
        status: statusOf(operation, now),
        ...(error && { error: { code: error.code, message: error.message } }),
      };
    });
  }

  /** To be called after the store was cleared. */
  forget(): void {
    this.#pending.clear();
    this.#numbers.clear();
    this.#earliestEnd = Number.POSITIVE_INFINITY;
  }

  #index(operation: Operation): void {
    const resource = operation.resourceId.toLowerCase();
    this.#numbers.set(resource, (this.#numbers.get(resource) ?? 0) + 1);
    if (operation.settled) return;
    this.#pending.add(operation.id);
    this.#expectEnd(operation);
  }

  #expectEnd(operation: Operation | undefined): void {
    this.#earliestEnd = Math.min(this.#earliestEnd, operation?.endsAt ?? Number.POSITIVE_INFINITY);
  }

  #nextEnded(now: number): Operation | undefined {
    let next: Operation | undefined;
    for (const id of this.#pending) {
      const operation = this.#table.get(id);
      if (!operation || operation.endsAt === null || operation.endsAt > now) continue;
      if (!next || operation.endsAt < (next.endsAt ?? 0)) next = operation;
    }
    return next;
  }
}
