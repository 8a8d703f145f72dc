import { z } from 'zod';
import type { Clock } from '../../clock/clock.ts';
import { CLOUD_NAMES, type Cloud, type CloudName, cloudNamed } from '../base/clouds.ts';
import { Seeded } from '../base/seeded.ts';
import { EffectHandlers } from './effect-handlers.ts';
import { Faults } from './faults.ts';
import { Journal, type JournalEntry } from './journal.ts';
import { type Effect, PREEMPTED } from './operation.ts';
import { Operations } from './operations.ts';
import type { Resource } from './resource.ts';
import { Resources } from './resources.ts';
import { SecretsLedger } from './secrets-ledger.ts';
import { Settings } from './settings.ts';
import { Store, type Table } from './store.ts';

export interface WorldOptions {
  clock: Clock;
  seed: number;
  jitter: number;
  durationFactor?: number | undefined;
  throttling: boolean;
  cloud?: CloudName | undefined;
  dataDirectory?: string | undefined;
  onRequest?: ((entry: JournalEntry) => void) | undefined;
}

/** What a reset may change. */
export interface ResetOptions {
  seed?: number | undefined;
  jitter?: number | undefined;
}

/** A resource that goes, with all below it. */
export interface Removal {
  readonly id: string;
  /** The resource itself, where there is one, and those below it. */
  readonly resources: readonly Resource[];
  readonly at: number;
}

/** What makes a world what it is. */
const seedingSchema = z.object({ seed: z.number(), jitter: z.number(), cloud: z.enum(CLOUD_NAMES) });

/**
 * The state that every layer builds on: resources, operations, time, chance. It knows no service. A service that keeps more adds its own tables to
 * the store and hears here of what it has to follow: the end of an operation, the removal of a resource, a reset.
 */
export class World {
  readonly clock: Clock;
  /** Clouds share nothing: a world is one of them. */
  readonly cloud: Cloud;
  readonly store: Store;
  readonly resources: Resources;
  readonly operations: Operations;
  readonly journal: Journal;
  readonly faults = new Faults();
  readonly settings: Settings;
  readonly secrets: SecretsLedger;
  readonly effects = new EffectHandlers();
  /** Whether the data of a former process were found. */
  readonly isRestored: boolean;
  /** Of what was made anew: resources that were deleted, secrets that were purged, keys that were regenerated. */
  readonly #generations: Table<number>;
  readonly #seeding: Table<z.infer<typeof seedingSchema>>;
  readonly #removalListeners: ((removal: Removal) => void)[] = [];
  readonly #resetListeners: (() => void)[] = [];
  readonly #durationFactor: number;
  #seeded: Seeded;
  #jitter: number;

  constructor(options: WorldOptions) {
    this.clock = options.clock;
    this.journal = new Journal(options.onRequest);
    this.store = new Store(options.dataDirectory);
    this.#seeding = this.store.table('seeding', seedingSchema);
    const stored = this.#seeding.get('seeding');
    this.isRestored = stored !== undefined;
    this.cloud = cloudNamed(cloudOf(stored?.cloud, options, this.store));
    this.#seeded = new Seeded(stored?.seed ?? options.seed);
    this.#jitter = stored?.jitter ?? options.jitter;
    this.#durationFactor = options.durationFactor ?? 1;
    this.#keepSeeding();
    this.resources = new Resources(this.store);
    this.operations = new Operations(this.store);
    this.settings = new Settings(this.store, options.throttling);
    this.secrets = new SecretsLedger(this.store);
    this.#generations = this.store.table('generations', z.number());
  }

  get seeded(): Seeded {
    return this.#seeded;
  }

  get jitter(): number {
    return this.#jitter;
  }

  now(): number {
    return this.clock.now();
  }

  /**
   * Which one of its kind something is, from 1: what is made up for a resource that was deleted and created again differs from before.
   * Only a deletion counts, so that creations which failed or were sent twice change nothing.
   */
  generation(key: string): number {
    return this.#generations.get(key.toLowerCase()) ?? 1;
  }

  nextGeneration(key: string): void {
    this.#generations.set(key.toLowerCase(), this.generation(key) + 1);
  }

  /** The jittered duration, in modelled milliseconds, of a kind of work on a resource: always the same for one seed. */
  durationMs(nominalSeconds: number, resourceId: string, purpose: string): number {
    const offset = this.jitter * (2 * this.seeded.fraction(resourceId, `duration of ${purpose}`) - 1);
    return Math.round(nominalSeconds * 1000 * (1 + offset) * this.#durationFactor);
  }

  /** Applies what ended by now. To be called before the state is read. */
  settle(): void {
    const now = this.now();
    if (!this.operations.isDue(now)) return;
    this.store.transaction(() =>
      this.operations.settle(now, (effect, { endsAt }) => this.#apply(effect, endsAt ?? now)),
    );
  }

  /** Calls a function before something is removed, so that what hangs on it can go too. */
  onRemoval(listener: (removal: Removal) => void): void {
    this.#removalListeners.push(listener);
  }

  /** Calls a function when everything is forgotten: for what is not in the store. */
  onReset(listener: () => void): void {
    this.#resetListeners.push(listener);
  }

  /** Removes a resource with all below it, what other services keep of it, and the groups that it manages, such as a cluster's of its nodes. */
  removeResource(id: string, at: number): void {
    const own = this.resources.get(id);
    const resources = [...(own ? [own] : []), ...this.resources.below(id)];
    for (const listener of this.#removalListeners) listener({ id, resources, at });
    for (const resource of resources) {
      this.nextGeneration(resource.id);
      this.#removeManagedGroups(resource.id, at);
    }
    this.operations.cancel(id, at, PREEMPTED);
    this.resources.remove(id);
  }

  /** Forgets everything; with a seed, a new world. */
  reset(options: ResetOptions = {}): void {
    this.store.transaction(() => {
      this.store.clear();
      this.resources.forget();
      this.operations.forget();
      this.journal.clear();
      this.faults.clear();
      this.#seeded = new Seeded(options.seed ?? this.seeded.seed);
      this.#jitter = options.jitter ?? this.jitter;
      this.#keepSeeding();
      for (const listener of this.#resetListeners) listener();
    });
  }

  #keepSeeding(): void {
    this.#seeding.set('seeding', { seed: this.#seeded.seed, jitter: this.jitter, cloud: this.cloud.name });
  }

  #apply(effect: Effect, at: number): void {
    switch (effect.do) {
      case 'put':
        this.resources.put(effect.resource);
        return;
      case 'merge':
        this.resources.mergeProperties(effect.id, effect.properties);
        return;
      case 'remove':
        this.removeResource(effect.id, at);
        return;
      case 'handle':
        this.effects.apply(effect, at);
        return;
    }
  }

  #removeManagedGroups(managerId: string, at: number): void {
    for (const group of this.resources.ofType('Microsoft.Resources/resourceGroups')) {
      if (group.managedBy?.toLowerCase() === managerId.toLowerCase()) this.removeResource(group.id, at);
    }
  }
}

/** @throws Error when the data are of another cloud than the one asked for: their names and places would be wrong. */
const cloudOf = (stored: CloudName | undefined, { cloud, dataDirectory }: WorldOptions, store: Store): CloudName => {
  if (stored === undefined || cloud === undefined || cloud === stored) return stored ?? cloud ?? 'AzureCloud';
  store.close();
  throw new Error(
    `the data in ${dataDirectory} are of ${stored}, not ${cloud}. Choose another folder with --data, or --cloud ${stored}.`,
  );
};
