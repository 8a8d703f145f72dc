import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isLoopbackAddress } from '../../src/callbacks/is-loopback-address.ts';
import { isPublicAddress } from '../../src/callbacks/is-public-address.ts';

const ipv4 = (value: number): string => [24, 16, 8, 0].map((shift) => (value >>> shift) & 255).join('.');

const ipv6 = (value: bigint): string =>
  Array.from({ length: 8 }, (_, index) => ((value >> BigInt(112 - 16 * index)) & 0xffffn).toString(16)).join(':');

const parse4 = (address: string): number => address.split('.').reduce((value, part) => value * 256 + Number(part), 0);

/** RFC 4291 §2.2, without embedded IPv4. */
const parse6 = (address: string): bigint => {
  const [head = '', tail] = address.split('::');
  const before = head === '' ? [] : head.split(':');
  const after = tail === undefined || tail === '' ? [] : tail.split(':');
  const groups =
    tail === undefined ? before : [...before, ...Array(8 - before.length - after.length).fill('0'), ...after];
  return groups.reduce((value, group) => (value << 16n) | BigInt(`0x${group}`), 0n);
};

describe('addresses of IPv4 that nobody may have called', () => {
  it.each([
    ['unspecified', '0.0.0.0/8'],
    ['private', '10.0.0.0/8'],
    ['private', '172.16.0.0/12'],
    ['private', '192.168.0.0/16'],
    ['carrier-grade NAT', '100.64.0.0/10'],
    ['loopback', '127.0.0.0/8'],
    ['link-local', '169.254.0.0/16'],
    ['metadata', '169.254.169.254/32'],
    ['platform', '168.63.129.16/32'],
    ['protocol assignments', '192.0.0.0/24'],
    ['documentation', '192.0.2.0/24'],
    ['documentation', '198.51.100.0/24'],
    ['documentation', '203.0.113.0/24'],
    ['benchmarking', '198.18.0.0/15'],
    ['multicast', '224.0.0.0/4'],
    ['reserved', '240.0.0.0/4'],
    ['broadcast', '255.255.255.255/32'],
  ])('%s: %s', (_, range) => {
    const [network = '', prefix = ''] = range.split('/');
    const first = parse4(network);
    const last = first + 2 ** (32 - Number(prefix)) - 1;
    fc.assert(
      fc.property(fc.oneof(fc.constantFrom(first, last), fc.integer({ min: first, max: last })), (value) => {
        expect(isPublicAddress(ipv4(value))).toBe(false);
        // The same behind IPv6's prefixes: mapped, compatible, translated, NAT64, 6to4.
        const low = BigInt(value);
        for (const high of [0xffff_0000_0000n, 0n, 0xffff_0000_0000_0000n, 0x64_ff9bn << 96n]) {
          expect(isPublicAddress(ipv6(high | low))).toBe(false);
        }
        expect(isPublicAddress(ipv6((0x2002n << 112n) | (low << 80n)))).toBe(false);
        expect(isPublicAddress(`::ffff:${ipv4(value)}`)).toBe(false);
      }),
    );
  });
});

describe('addresses of IPv6 that nobody may have called', () => {
  it.each([
    ['unspecified', '::/128'],
    ['loopback', '::1/128'],
    ['IPv4-mapped, also of public addresses', '::ffff:0:0/96'],
    ['NAT64', '64:ff9b::/96'],
    ['local NAT64', '64:ff9b:1::/48'],
    ['discard', '100::/64'],
    ['Teredo', '2001::/32'],
    ['ORCHID', '2001:20::/28'],
    ['documentation', '2001:db8::/32'],
    ['6to4', '2002::/16'],
    ['documentation', '3fff::/20'],
    ['SRv6', '5f00::/16'],
    ['unique local', 'fc00::/7'],
    ['metadata of another cloud', 'fd00:ec2::254/128'],
    ['link-local', 'fe80::/10'],
    ['site-local', 'fec0::/10'],
    ['multicast', 'ff00::/8'],
  ])('%s: %s', (_, range) => {
    const [network = '', prefix = ''] = range.split('/');
    const first = parse6(network);
    const last = first + (1n << BigInt(128 - Number(prefix))) - 1n;
    fc.assert(
      fc.property(fc.oneof(fc.constantFrom(first, last), fc.bigInt(first, last)), (value) => {
        expect(isPublicAddress(ipv6(value))).toBe(false);
      }),
    );
  });
});

it.each([
  '1.1.1.1',
  '9.255.255.255',
  '11.0.0.0',
  '100.63.255.255',
  '100.128.0.0',
  '126.255.255.255',
  '128.0.0.0',
  '168.63.129.15',
  '168.63.129.17',
  '169.253.255.255',
  '172.15.255.255',
  '172.32.0.0',
  '192.167.255.255',
  '192.169.0.0',
  '223.255.255.255',
  '2001:200::1',
  '2603:1030:7::1',
  '2a00:1450:4001:830::200e',
])('%s, beside them, is public', (address) => {
  expect(isPublicAddress(address)).toBe(true);
});

it.each(['', 'localhost', '1.1.1', '0x7f000001', '2130706433', 'fe80::1%eth0', '2603::1%eth0', '1.1.1.1 '])(
  '%j is no address that is called',
  (text) => {
    expect(isPublicAddress(text)).toBe(false);
    expect(isLoopbackAddress(text)).toBe(false);
  },
);

it.each([
  ['127.0.0.1', true],
  ['127.9.9.9', true],
  ['::1', true],
  ['::2', false],
  ['128.0.0.1', false],
  ['10.0.0.1', false],
])('%s is this machine: %j', (address, expected) => {
  expect(isLoopbackAddress(address)).toBe(expected);
});
