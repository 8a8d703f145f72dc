import { z } from 'zod';
import { tagsSchema } from '../../state/resource.ts';
import type { Store, Table } from '../../state/store.ts';

const versionSchema = z.object({
  version: z.string(),
  value: z.string(),
  contentType: z.string().optional(),
  enabled: z.boolean(),
  tags: tagsSchema,
  /** Modelled milliseconds. */
  createdAt: z.number(),
  updatedAt: z.number(),
});

const secretSchema = z.object({
  vault: z.string(),
  name: z.string(),
  versions: z.array(versionSchema),
  /** When it was soft-deleted; absent while it is alive. */
  deletedAt: z.number().optional(),
});

export type SecretVersion = z.infer<typeof versionSchema>;
export type VaultSecret = z.infer<typeof secretSchema>;

/** The secrets of all vaults, with their values and versions. They outlive the soft deletion of their vault. */
export class VaultSecrets {
  readonly #table: Table<VaultSecret>;

  constructor(store: Store) {
    this.#table = store.table('vaultSecrets', secretSchema);
  }

  get(vault: string, name: string): VaultSecret | undefined {
    return this.#table.get(keyOf(vault, name));
  }

  put(secret: VaultSecret): void {
    this.#table.set(keyOf(secret.vault, secret.name), secret);
  }

  remove(vault: string, name: string): void {
    this.#table.delete(keyOf(vault, name));
  }

  of(vault: string): VaultSecret[] {
    return this.#table.values().filter((secret) => secret.vault.toLowerCase() === vault.toLowerCase());
  }

  forgetVault(vault: string): void {
    for (const secret of this.of(vault)) this.remove(secret.vault, secret.name);
  }
}

export const latestOf = (secret: VaultSecret): SecretVersion | undefined => secret.versions.at(-1);

const keyOf = (vault: string, name: string): string => `${vault}/${name}`.toLowerCase();
