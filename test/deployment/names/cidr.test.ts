import { expect, it } from 'vitest';
import { rangesOverlap } from '../../../src/deployment/names/cidr.ts';

it.each([
  ['10.0.0.0/16', '10.0.0.0/16', true],
  ['10.0.0.0/16', '10.0.255.0/24', true],
  ['10.0.255.0/24', '10.0.0.0/16', true],
  ['10.0.0.0/16', '10.1.0.0/16', false],
  ['10.0.0.0/24', '10.0.1.0/24', false],
  ['0.0.0.0/0', '10.0.0.0/8', true],
  ['::/0', '10.0.0.0/8', false],
  ['10.0.0.0/8', '::/0', false],
])('%s and %s have an address in common: %s', (one, other, overlap) => {
  expect(rangesOverlap(one, other)).toBe(overlap);
});
