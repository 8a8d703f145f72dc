import type { AccessWorld } from '../../access/access-world.ts';
import type { ArmRequest } from '../../arm/arm-request.ts';
import type { EntraWorld } from '../../entra/entra-world.ts';

/** The world with who may do what, and the principals that roles are given to. */
export interface AuthorizationWorld extends AccessWorld {
  readonly principals: EntraWorld['principals'];
}

export type AuthorizationRequest = ArmRequest<AuthorizationWorld>;
