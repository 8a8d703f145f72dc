import type { EntraWorld } from '../../entra/entra-world.ts';
import type { World } from '../../state/world.ts';

/** The world with the directory, which knows each identity by its principal. */
export interface ManagedIdentityWorld extends World {
  readonly principals: EntraWorld['principals'];
}
