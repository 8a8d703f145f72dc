import type { AccessWorld } from '../../access/access-world.ts';
import type { ArmRequest } from '../../arm/arm-request.ts';
import type { SourceImages } from './source-images.ts';

/** The world with the images of other registries, and who may pull from those here. */
export interface ContainerRegistryWorld extends AccessWorld {
  readonly images: SourceImages;
}

export type RegistryRequest = ArmRequest<ContainerRegistryWorld>;
