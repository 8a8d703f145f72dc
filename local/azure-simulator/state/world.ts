import { z } from 'zod';
import type { Clock } from '../../clock/clock.ts';
import { RoleAssignments } from '../access/assignments.ts';
import { ManagementLocks } from '../access/management-locks.ts';
import { Roles } from '../access/roles.ts';
import { CLOUD_NAMES, type Cloud, type CloudName, cloudNamed } from '../base/clouds.ts';
import { DURATIONS } from '../base/durations.ts';
import { SIMULATED_OPERATOR_OBJECT_ID, SIMULATED_OWNERS } from '../base/identities.ts';
import { Seeded } from '../base/seeded.ts';
import { SigningKeys } from '../entra/signing-keys.ts';
import { SourceImages } from '../providers/container-registry/source-images.ts';
import { SoftDeletedVaults } from '../providers/key-vault/soft-deleted-vaults.ts';
import { VaultSecrets } from '../providers/key-vault/vault-secrets.ts';
import { Throttle } from '../resource-manager/throttle.ts';
import { Faults } from './faults.ts';
import { Journal, type JournalEntry } from './journal.ts';
import { type Effect, type Operation, PREEMPTED, type Principal, principalSchema } from './operation.ts';
import { Operations } from './operations.ts';
import { Resources } from './resources.ts';
import { SecretsLedger } from './secrets-ledger.ts';
import { Settings } from './settings.ts';
import { Store, type Table } from './store.ts';

export interface WorldOptions {
  clock: Clock;
  seed: number;
  jitter: number;
  throttling: boolean;
  cloud?: CloudName | undefined;
  dataDirectory?: string | undefined;
  onRequest?: ((entry: JournalEntry) => void) | undefined;
}

/** What makes a world what it is; data of a release that knew one cloud is of that. */
const seedingSchema = z.object({
  seed: z.number(),
  jitter: z.number(),
  cloud: z.enum(CLOUD_NAMES).default('AzureCloud'),
});

/** The whole simulated Azure: one cloud of it. */
export class World {
  readonly clock: Clock;
  /** Clouds share nothing: a world is one of them. */
  readonly cloud: Cloud;
  readonly store: Store;
  readonly resources: Resources;
  readonly operations: Operations;
  readonly journal: Journal;
  readonly faults = new Faults();
  readonly throttle = new Throttle();
  readonly signingKeys = new SigningKeys();
  readonly settings: Settings;
  readonly secrets: SecretsLedger;
  readonly principals: Table<Principal>;
  readonly roles: Roles;
  readonly assignments: RoleAssignments;
  readonly locks: ManagementLocks;
  readonly images: SourceImages;
  readonly vaultSecrets: VaultSecrets;
  readonly deletedVaults: SoftDeletedVaults;
  /** When a provider's registration ends, by `subscription/namespace`; until then it is Registering. */
  readonly registrations: Table<number>;
  /** Of what was made anew: resources that were deleted, secrets that were purged, keys that were regenerated. */
  readonly #generations: Table<number>;
  readonly #seeding: Table<z.infer<typeof seedingSchema>>;
  #seeded: Seeded;
  jitter: number;

  constructor(options: WorldOptions) {
    this.clock = options.clock;
    this.journal = new Journal(options.onRequest);
    this.store = new Store(options.dataDirectory);
    this.#seeding = this.store.table('seeding', seedingSchema);
    const stored = this.#seeding.get('seeding');
    this.cloud = cloudNamed(cloudOf(stored?.cloud, options, this.store));
    this.#seeded = new Seeded(stored?.seed ?? options.seed);
    this.jitter = stored?.jitter ?? options.jitter;
    this.#keepSeeding();
    this.resources = new Resources(this.store);
    this.operations = new Operations(this.store);
    this.settings = new Settings(this.store, options.throttling);
    this.secrets = new SecretsLedger(this.store);
    this.principals = this.store.table('principals', principalSchema);
    this.roles = new Roles(this.store);
    this.assignments = new RoleAssignments(this.store, this.roles);
    this.locks = new ManagementLocks(this.store);
    this.images = new SourceImages(this.store);
    this.vaultSecrets = new VaultSecrets(this.store);
    this.deletedVaults = new SoftDeletedVaults(this.store);
    this.registrations = this.store.table('registrations', z.number());
    this.#generations = this.store.table('generations', z.number());
    if (!stored) this.#grantOwner(SIMULATED_OWNERS);
    // Data of a release that knew no operator.
    else if (this.assignments.of(SIMULATED_OPERATOR_OBJECT_ID).length === 0) {
      this.#grantOwner([SIMULATED_OPERATOR_OBJECT_ID]);
    }
  }

  get seeded(): Seeded {
    return this.#seeded;
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
    return Math.round(nominalSeconds * 1000 * (1 + offset));
  }

  /** Applies what ended by now. To be called before the state is looked at. */
  settle(): void {
    const now = this.now();
    if (!this.operations.isDue(now)) return;
    this.store.transaction(() => this.operations.settle(now, (effect, operation) => this.#apply(effect, operation)));
  }

  /** A new principal in the directory, with the time until all replicas know it. */
  addPrincipal(objectId: string, clientId: string, resourceId: string, createdAt: number): void {
    const known = this.principals.get(objectId);
    if (known) return;
    const visibleAt = createdAt + this.durationMs(DURATIONS.principalReplication, resourceId, 'replication');
    this.principals.set(objectId, { objectId, clientId, resourceId, visibleAt });
    this.operations.add({
      id: this.seeded.guid(resourceId, `replication of ${objectId}`),
      resourceId,
      operation: 'replicatePrincipal',
      kind: 'replication',
      startedAt: createdAt,
      endsAt: visibleAt,
      success: [],
      failure: [],
      settled: true,
    });
  }

  /** Forgets everything; with a seed, a new world. */
  reset(options: { seed?: number | undefined; jitter?: number | undefined } = {}): void {
    this.store.transaction(() => {
      this.store.clear();
      this.resources.forget();
      this.operations.forget();
      this.assignments.forget();
      this.journal.clear();
      this.faults.clear();
      this.throttle.clear();
      this.signingKeys.forget();
      this.#seeded = new Seeded(options.seed ?? this.seeded.seed);
      this.jitter = options.jitter ?? this.jitter;
      this.#keepSeeding();
      this.#grantOwner(SIMULATED_OWNERS);
    });
  }

  #keepSeeding(): void {
    this.#seeding.set('seeding', { seed: this.#seeded.seed, jitter: this.jitter, cloud: this.cloud.name });
  }

  #grantOwner(principals: readonly string[]): void {
    for (const subscription of this.settings.values.subscriptions) {
      for (const principal of principals) {
        this.assignments.grant(this.seeded, `/subscriptions/${subscription}`, principal, 'Owner', this.now());
      }
    }
  }

  #apply(effect: Effect, operation: Operation): void {
    const endedAt = operation.endsAt ?? this.now();
    switch (effect.do) {
      case 'put':
        this.resources.put(effect.resource);
        return;
      case 'merge':
        this.resources.mergeProperties(effect.id, effect.properties);
        return;
      case 'remove':
        this.removeResource(effect.id, endedAt);
        return;
      case 'addPrincipal':
        this.addPrincipal(effect.principal.objectId, effect.principal.clientId, effect.principal.resourceId, endedAt);
        return;
      case 'purgeVault':
        this.deletedVaults.purge(effect.vault);
        this.vaultSecrets.forgetVault(effect.vault);
        return;
    }
  }

  /** Removes a resource with all below it and what hangs on it: role assignments, principals, a cluster's node group; vaults go to the soft-deleted. */
  removeResource(id: string, now: number): void {
    for (const resource of [this.resources.get(id), ...this.resources.below(id)]) {
      if (!resource) continue;
      if (resource.type.toLowerCase() === 'microsoft.keyvault/vaults') this.deletedVaults.add(resource, now);
      for (const principal of this.principals.values()) {
        if (principal.resourceId.toLowerCase() === resource.id.toLowerCase())
          this.principals.delete(principal.objectId);
      }
      this.nextGeneration(resource.id);
      this.#removeManagedGroups(resource.id, now);
    }
    this.assignments.removeBelow(id);
    this.locks.removeBelow(id);
    this.operations.cancel(id, now, PREEMPTED);
    this.resources.remove(id);
  }

  #removeManagedGroups(managerId: string, now: number): void {
    for (const group of this.resources.ofType('Microsoft.Resources/resourceGroups')) {
      if (group.managedBy?.toLowerCase() === managerId.toLowerCase()) this.removeResource(group.id, now);
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
