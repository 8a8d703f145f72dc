import type { World } from '../state/world.ts';
import type { Principals } from './principals.ts';
import type { SigningKeys } from './signing-keys.ts';

/** The world with the tenant's directory and the keys of its tokens. */
export interface EntraWorld extends World {
  readonly principals: Principals;
  readonly signingKeys: SigningKeys;
}
