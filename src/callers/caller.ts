import type { Actor } from '../deployment/run/actor.ts';
import type { Role } from './role.ts';

/** Who calls, as a token of Microsoft Entra says that was checked. */
export interface Caller extends Actor {
  readonly roles: readonly Role[];
}

/** The caller as it is kept in a deployment's record. */
export const actorOf = ({ id, name, kind }: Caller): Actor => ({ id, name, kind });
