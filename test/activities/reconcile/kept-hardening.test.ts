import { expect, it } from 'vitest';
import { keptHardening } from '../../../src/activities/reconcile/kept-hardening.ts';

const HARDENED = { localAccounts: false, tls: '1.2' };

it.each([
  [{}, undefined],
  [{ localAccounts: true, tls: '1.0', other: false }, undefined],
  [{ localAccounts: false }, 'It is hardened and stays so: localAccounts false.'],
  [{ tls: '1.2', localAccounts: false }, 'It is hardened and stays so: localAccounts false, tls 1.2.'],
])('of %j is reported: %s', (existing, note) => {
  expect(keptHardening(existing, HARDENED)).toBe(note);
});
