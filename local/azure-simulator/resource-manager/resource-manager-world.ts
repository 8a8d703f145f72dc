import type { AccessWorld } from '../access/access-world.ts';
import type { Registrations } from '../arm/registrations.ts';

/** What Resource Manager itself knows of the world. */
export interface ResourceManagerWorld extends AccessWorld {
  readonly registrations: Registrations;
}
