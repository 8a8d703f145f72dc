import { z } from 'zod';
import { SIMULATED_SUBSCRIPTION_ID } from '../base/identities.ts';
import { policySchema } from './policy.ts';
import type { Store, Table } from './store.ts';

/** What a test may change about the simulated Azure. */
export const settingsSchema = z.strictObject({
  /** Resource Manager's token buckets on or off. */
  throttling: z.boolean(),
  /** vCPU limits by family, such as `standardDSv2Family`; `cores` is the region's total. */
  quota: z.record(z.string(), z.number().int().nonnegative()),
  /** The zones a region offers to the subscription, where they differ from the usual. */
  zones: z.record(z.string(), z.array(z.string())),
  /** VM sizes that the subscription may not use. */
  restrictedVmSizes: z.array(z.string()),
  /** Global names that somebody else has. */
  takenNames: z.strictObject({
    vaults: z.array(z.string()),
    registries: z.array(z.string()),
    storageAccounts: z.array(z.string()),
  }),
  /** Subscriptions that the caller can see. */
  subscriptions: z.array(z.guid()),
  /** Policies that are assigned to every subscription. */
  policies: z.array(policySchema),
  /** Resource provider namespaces that are not registered yet. */
  unregisteredProviders: z.array(z.string()),
  /** The newest api-version of a namespace (`Microsoft.KeyVault`), where the cloud lags behind. */
  newestApiVersions: z.record(z.string(), z.iso.date()),
  /** How long the tokens issued from now on are valid, in real seconds; negative for tokens that are expired at once. */
  tokenLifetimeSeconds: z.number(),
  /** The public address that requests come from, as clusters see it that let in only some. */
  callerAddress: z.ipv4(),
});

export type SettingsValues = z.infer<typeof settingsSchema>;

/** The settings in force. */
export class Settings {
  readonly #table: Table<SettingsValues>;
  readonly #defaults: SettingsValues;

  constructor(store: Store, throttling: boolean) {
    this.#table = store.table('settings', settingsSchema);
    this.#defaults = {
      throttling,
      quota: {},
      zones: {},
      restrictedVmSizes: [],
      takenNames: { vaults: [], registries: [], storageAccounts: [] },
      subscriptions: [SIMULATED_SUBSCRIPTION_ID],
      policies: [],
      unregisteredProviders: [],
      newestApiVersions: {},
      tokenLifetimeSeconds: 86_400,
      callerAddress: '203.0.113.10',
    };
  }

  get values(): SettingsValues {
    return this.#table.get('settings') ?? this.#defaults;
  }

  change(changes: { [K in keyof SettingsValues]?: SettingsValues[K] | undefined }): SettingsValues {
    const given = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
    const values = settingsSchema.parse({ ...this.values, ...given });
    this.#table.set('settings', values);
    return values;
  }
}
