import { expect, it } from 'vitest';
import { SCHEMA_VERSION, schemaVersion } from '../../../../src/deployment/run/stored/schema-version.ts';

it('what says no version was stored in the first one', () => {
  expect(schemaVersion.parse(undefined)).toBe(1);
});

it('what an older or this release stored is read, what a later one stored is not', () => {
  expect(SCHEMA_VERSION).toBe(1);
  expect(schemaVersion.parse(0)).toBe(0);
  expect(schemaVersion.parse(1)).toBe(1);
  expect(schemaVersion.safeParse(2).success).toBe(false);
  expect(schemaVersion.safeParse('1').success).toBe(false);
});
