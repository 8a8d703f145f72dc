import { hash } from 'node:crypto';

/**
 * Everything the simulator makes up: a hash of (seed, resource id, purpose), so that it does not depend on the order of requests.
 * Resource ids count case-insensitively, as they do for Azure.
 */
export class Seeded {
  readonly seed: number;

  constructor(seed: number) {
    this.seed = seed;
  }

  bytes(id: string, purpose: string, length: number): Buffer {
    const parts: Buffer[] = [];
    for (let block = 0; block * 64 < length; block++) {
      parts.push(hash('sha512', `${this.seed}\n${id.toLowerCase()}\n${purpose}\n${block}`, 'buffer'));
    }
    return Buffer.concat(parts).subarray(0, length);
  }

  hex(id: string, purpose: string, characters: number): string {
    return this.bytes(id, purpose, Math.ceil(characters / 2))
      .toString('hex')
      .slice(0, characters);
  }

  base64(id: string, purpose: string, bytes: number): string {
    return this.bytes(id, purpose, bytes).toString('base64');
  }

  /** A GUID in the form of a random one (version 4). */
  guid(id: string, purpose: string): string {
    const bytes = this.bytes(id, purpose, 16);
    bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x40, 6);
    bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
    return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  }

  /** A number from 0 up to, not including, 1. */
  fraction(id: string, purpose: string): number {
    return this.bytes(id, purpose, 6).readUIntBE(0, 6) / 2 ** 48;
  }
}
