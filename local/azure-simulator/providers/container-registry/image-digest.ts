import type { Seeded } from '../../base/seeded.ts';

/** What a tag of a source registry points to, having been pushed so many times again. */
export const imageDigest = (seeded: Seeded, reference: string, pushes = 0): string =>
  `sha256:${seeded.hex(reference, pushes === 0 ? 'digest' : `digest ${pushes}`, 64)}`;
