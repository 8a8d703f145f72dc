import { createHash, createSign, generateKeyPairSync, type KeyObject } from 'node:crypto';
import type { Json, JsonObject } from '../base/json.ts';
import type { World } from '../state/world.ts';

interface SigningKey {
  readonly kid: string;
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
}

const newKey = (): SigningKey => {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const kid = createHash('sha1')
    .update(publicKey.export({ type: 'pkcs1', format: 'der' }))
    .digest('base64url');
  return { kid, privateKey, publicKey };
};

/**
 * The keys that tokens for registered APIs are signed with: RS256, found by their `kid`. They are drawn when they are first needed, and anew in each
 * process. Source: https://learn.microsoft.com/entra/identity-platform/access-tokens#validate-the-signature
 */
export class SigningKeys {
  #keys: SigningKey[] = [];

  constructor(world: World) {
    world.onReset(() => {
      this.#keys = [];
    });
  }

  /** Signs from now on with a new key; those before stay published, as Entra has it. */
  rotate(): string {
    const key = newKey();
    this.#keys = [key, ...this.#keys];
    return key.kid;
  }

  sign(claims: JsonObject): string {
    if (this.#keys.length === 0) this.rotate();
    const [key] = this.#keys;
    if (!key) throw new Error('There is no signing key.');
    const header = { typ: 'JWT', alg: 'RS256', kid: key.kid };
    const payload = `${encode(header)}.${encode(claims)}`;
    return `${payload}.${createSign('RSA-SHA256').update(payload).sign(key.privateKey, 'base64url')}`;
  }

  /** The public halves as a JSON Web Key Set (RFC 7517), with the member `issuer` that Entra adds. */
  published(issuer: string): Json[] {
    if (this.#keys.length === 0) this.rotate();
    return this.#keys.map(({ kid, publicKey }) => {
      const { n = '', e = '' } = publicKey.export({ format: 'jwk' });
      return { kty: 'RSA', use: 'sig', kid, x5t: kid, n, e, issuer };
    });
  }
}

const encode = (value: JsonObject): string => Buffer.from(JSON.stringify(value)).toString('base64url');
