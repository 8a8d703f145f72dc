const BYTE = '(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)';
const RANGE = new RegExp(`^(${BYTE})\\.(${BYTE})\\.(${BYTE})\\.(${BYTE})/(3[0-2]|[12]?\\d)$`);

/** An IPv4 range with its first address, such as `10.0.0.0/16` for `10.0.7.1/16`; undefined for what is none. */
export const networkOf = (range: string): string | undefined => {
  const [, a, b, c, d, bits] = RANGE.exec(range) ?? [];
  if (bits === undefined) return undefined;
  const address = [a, b, c, d].reduce((sum, byte) => sum * 256 + Number(byte), 0);
  const first = address - (address % 2 ** (32 - Number(bits)));
  return `${[24, 16, 8, 0].map((shift) => Math.floor(first / 2 ** shift) % 256).join('.')}/${bits}`;
};
