import { RoleAssignments } from '../access/assignments.ts';
import { ManagementLocks } from '../access/management-locks.ts';
import { Roles } from '../access/roles.ts';
import { Registrations } from '../arm/registrations.ts';
import { SIMULATED_OWNERS } from '../base/identities.ts';
import { Principals } from '../entra/principals.ts';
import { SigningKeys } from '../entra/signing-keys.ts';
import { SourceImages } from '../providers/container-registry/source-images.ts';
import { SoftDeletedVaults } from '../providers/key-vault/soft-deleted-vaults.ts';
import { VaultSecrets } from '../providers/key-vault/vault-secrets.ts';
import { World, type WorldOptions } from '../state/world.ts';
import type { AzureWorld } from './azure-world.ts';
import { SUPPORTED_ACTIONS } from './supported-actions.ts';

/** The whole simulated Azure: one cloud of it, with a subscription that has its owners from the start. */
export class Azure extends World implements AzureWorld {
  readonly principals = new Principals(this);
  readonly signingKeys = new SigningKeys(this);
  readonly roles = new Roles(this.store, SUPPORTED_ACTIONS);
  readonly assignments = new RoleAssignments(this, this.roles);
  readonly locks = new ManagementLocks(this);
  readonly registrations = new Registrations(this);
  readonly images = new SourceImages(this.store);
  readonly vaultSecrets = new VaultSecrets(this.store);
  readonly deletedVaults = new SoftDeletedVaults(this);

  constructor(options: WorldOptions) {
    super(options);
    const begin = (): void => this.grantOwners(this.settings.values.subscriptions);
    if (!this.isRestored) begin();
    this.onReset(begin);
  }

  /** Gives subscriptions the owners that every one has from the start. */
  grantOwners(subscriptions: readonly string[]): void {
    for (const subscription of subscriptions) {
      for (const owner of SIMULATED_OWNERS) this.assignments.grant(`/subscriptions/${subscription}`, owner, 'Owner');
    }
  }
}
