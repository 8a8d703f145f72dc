import { BlockList, isIPv4 } from 'node:net';

/** Whether two IPv4 ranges such as `10.0.0.0/16` have an address in common; IPv6 ranges never have one with the cluster's. */
export const rangesOverlap = (one: string, other: string): boolean => covers(one, other) || covers(other, one);

const covers = (range: string, other: string): boolean => {
  const [address = '', bits = ''] = range.split('/');
  const [base = ''] = other.split('/');
  if (!isIPv4(address) || !isIPv4(base)) return false;
  const list = new BlockList();
  list.addSubnet(address, Number(bits));
  return list.check(base);
};
