import { expect, it } from 'vitest';
import { ipRangesSchema } from '../../../src/deployment/request/ip-ranges.ts';

const NO_RANGE =
  'must be an IPv4 address or range such as 203.0.113.7 or 203.0.113.0/24, beginning with the first address of the range';

const ranges = (count: number): string[] => Array.from({ length: count }, (_, index) => `10.0.0.${index}`);

it.each([
  [
    ['203.0.113.7', '10.0.0.0/8'],
    ['10.0.0.0/8', '203.0.113.7/32'],
  ],
  [['0.0.0.0'], ['0.0.0.0/32']],
  [['0.0.0.0/1'], ['0.0.0.0/1']],
])('%j is %j, in the form and order of Azure', (given, taken) => {
  expect(ipRangesSchema.parse(given)).toEqual(taken);
});

it.each([
  [['10.0.0.1/8'], NO_RANGE],
  [['here'], NO_RANGE],
  [['1.2.3.4/33'], NO_RANGE],
  [['1.2.3.256'], NO_RANGE],
  [['01.2.3.4'], NO_RANGE],
  [['::1'], NO_RANGE],
  [['0.0.0.0/0'], 'must not let in every address'],
  [[], 'must name at least one range; leave it out to let in nobody but the cluster'],
  [['1.2.3.4', '1.2.3.4/32'], 'must not name a range twice'],
  [['0.0.0.0', '1.2.3.4'], 'must not name 0.0.0.0/32 beside others'],
  [ranges(201), 'must name at most 200 ranges'],
])('%j is refused: %s', (given, message) => {
  expect(ipRangesSchema.safeParse(given).error?.issues.map((issue) => issue.message)).toEqual([message]);
});

it('200 ranges are as many as AKS takes', () => {
  expect(ipRangesSchema.safeParse(ranges(200)).success).toBe(true);
});
