import { describe, expect, it } from 'vitest';
import {
  describeLock,
  isWithin,
  keepsFromDeletion,
  lockId,
  lockNameOf,
  scopeOfLock,
} from '../../../src/deployment/names/management-lock.ts';

const GROUP = '/subscriptions/s/resourceGroups/rg';
const VAULT = `${GROUP}/providers/Microsoft.KeyVault/vaults/v`;

const lockOn = (scope: string, level = 'CanNotDelete') => ({ id: lockId(scope, 'l'), name: 'l', level });

it('a deployment knows its own lock by its name', () => {
  expect(lockNameOf('a-1')).toBe('airflow-on-aks-a-1');
});

describe('a lock', () => {
  it.each([GROUP, VAULT, '/subscriptions/s', ''])('on %j says what it is on', (scope) => {
    expect(lockId(scope, 'l')).toBe(`${scope}/providers/Microsoft.Authorization/locks/l`);
    expect(scopeOfLock(lockOn(scope))).toBe(scope);
  });

  it('may be written in any case', () => {
    const id = `${GROUP}/PROVIDERS/microsoft.authorization/LOCKS/l`;
    expect(scopeOfLock({ ...lockOn(GROUP), id })).toBe(GROUP);
  });

  it('whose id is none of a lock is on that itself', () => {
    expect(scopeOfLock({ ...lockOn(GROUP), id: GROUP })).toBe(GROUP);
  });

  it('is described with its level and place', () => {
    expect(describeLock(lockOn(GROUP, 'ReadOnly'))).toBe(`l (ReadOnly) on ${GROUP}`);
  });

  it.each([
    ['on it', GROUP, GROUP, true],
    ['above it', GROUP, VAULT, true],
    ['on what it holds', VAULT, GROUP, true],
    ['beside it', VAULT, `${VAULT}2`, false],
    ['on a group with a longer name', `${GROUP}-2`, GROUP, false],
  ])('%s', (_, scope, id, keeps) => {
    expect(keepsFromDeletion(lockOn(scope), id)).toBe(keeps);
  });

  it.each([
    ['CanNotDelete', true],
    ['cannotdelete', true],
    ['ReadOnly', true],
    ['NotSpecified', false],
    ['xCanNotDelete', false],
    ['ReadOnlyx', false],
  ])('of the level %s keeps from deletion: %s', (level, keeps) => {
    expect(keepsFromDeletion(lockOn(GROUP, level), GROUP)).toBe(keeps);
  });
});

it.each([
  [GROUP.toUpperCase(), GROUP, true],
  [GROUP, GROUP.toUpperCase(), true],
  [VAULT, GROUP, true],
  [GROUP, VAULT, false],
  [`${GROUP}2`, GROUP, false],
])('%s is within %s: %s', (id, scope, within) => {
  expect(isWithin(id, scope)).toBe(within);
});
