import { join, resolve } from 'node:path';

/** The project's root folder. */
export const projectRoot = resolve(import.meta.dirname, '..');

/** A path inside the project. */
export const inProject = (...segments: string[]): string => join(projectRoot, ...segments);
