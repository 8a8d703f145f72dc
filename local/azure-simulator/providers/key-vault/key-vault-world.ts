import type { AccessWorld } from '../../access/access-world.ts';
import type { ArmRequest } from '../../arm/arm-request.ts';
import type { SoftDeletedVaults } from './soft-deleted-vaults.ts';
import type { VaultSecrets } from './vault-secrets.ts';

/** The world with what vaults hold, those that can still be recovered, and who may read them. */
export interface KeyVaultWorld extends AccessWorld {
  readonly vaultSecrets: VaultSecrets;
  readonly deletedVaults: SoftDeletedVaults;
}

export type VaultRequest = ArmRequest<KeyVaultWorld>;
