import { z } from 'zod';

/**
 * What the stored inputs of orchestrations mean. It stays as long as a later release only adds fields, drops some, or sends other values. It is raised when a
 * field gets another meaning, so that an older release does not act on what it would misread.
 */
export const SCHEMA_VERSION = 1;

/** The field of a stored input; 0.2.0 and before wrote none. */
export const schemaVersion = z.number().max(SCHEMA_VERSION).default(SCHEMA_VERSION);
