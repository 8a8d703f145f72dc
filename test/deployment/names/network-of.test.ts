import { expect, it } from 'vitest';
import { networkOf } from '../../../src/deployment/names/network-of.ts';

it.each([
  ['203.0.113.7/32', '203.0.113.7/32'],
  ['203.0.113.7/24', '203.0.113.0/24'],
  ['10.200.3.4/9', '10.128.0.0/9'],
  ['255.255.255.255/1', '128.0.0.0/1'],
  ['10.0.0.1/0', '0.0.0.0/0'],
  ['10.0.0.1', undefined],
  ['10.0.0/8', undefined],
  ['10.0.0.256/8', undefined],
  ['10.0.0.1/33', undefined],
  ['::1/64', undefined],
  ['199.249.255.200/30', '199.249.255.200/30'],
  ['0.9.10.99/32', '0.9.10.99/32'],
  ['1.2.3.4/09', undefined],
  ['1.2.3.4/40', undefined],
  ['1.2.3.4/320', undefined],
  ['001.2.3.4/32', undefined],
  ['260.2.3.4/32', undefined],
  ['300.2.3.4/32', undefined],
  ['1.2.3.4.5/32', undefined],
  ['1a2a3a4/32', undefined],
  [' 1.2.3.4/32', undefined],
  ['1.2.3.4/32 ', undefined],
])('the network of %s is %s', (range, expected) => {
  expect(networkOf(range)).toBe(expected);
});
