import type { ArmRequest } from '../../arm/arm-request.ts';
import type { EntraWorld } from '../../entra/entra-world.ts';
import type { World } from '../../state/world.ts';

/** The world with the directory, which knows the identities of clusters. */
export interface ContainerServiceWorld extends World {
  readonly principals: EntraWorld['principals'];
}

export type ClusterWrite = ArmRequest<ContainerServiceWorld>;
