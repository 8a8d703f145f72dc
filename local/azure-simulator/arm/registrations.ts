import { z } from 'zod';
import { DURATIONS } from '../base/durations.ts';
import type { Table } from '../state/store.ts';
import type { World } from '../state/world.ts';

export type RegistrationState = 'NotRegistered' | 'Registering' | 'Registered';

/** Which resource providers the subscriptions may use. */
export class Registrations {
  readonly #world: World;
  /** When a registration ends, by `subscription/namespace`. */
  readonly #table: Table<number>;

  constructor(world: World) {
    this.#world = world;
    this.#table = world.store.table('registrations', z.number());
  }

  stateOf(subscriptionId: string, namespace: string): RegistrationState {
    const { unregisteredProviders } = this.#world.settings.values;
    const initially = unregisteredProviders.some((name) => name.toLowerCase() === namespace.toLowerCase());
    if (!initially) return 'Registered';
    const readyAt = this.#table.get(keyOf(subscriptionId, namespace));
    if (readyAt === undefined) return 'NotRegistered';
    return this.#world.now() < readyAt ? 'Registering' : 'Registered';
  }

  /** @param path - of the request that asks for it. */
  begin(subscriptionId: string, namespace: string, path: string): void {
    const lasts = this.#world.durationMs(DURATIONS.providerRegistration, path, 'registration');
    this.#table.set(keyOf(subscriptionId, namespace), this.#world.now() + lasts);
  }
}

const keyOf = (subscriptionId: string, namespace: string): string => `${subscriptionId}/${namespace}`.toLowerCase();
