import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { EncryptionKey } from './callback-settings.ts';

/** AES-256-GCM with a nonce of 96 bits drawn for each text, and a tag of 128 bits: NIST SP 800-38D §8.2.2. */
const ALGORITHM = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const VERSION = 'v1';

/** The run of a deployment that a sealed URL belongs to: it opens for no other. */
export interface SealedFor {
  readonly deploymentId: string;
  readonly run: string;
}

/** A callback URL, encrypted: `v1.<key id>.<nonce>.<text and tag>`, the last two in base64url. */
export const sealUrl = (url: string, sealedFor: SealedFor, { id, bytes }: EncryptionKey): string => {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(ALGORITHM, bytes, nonce, { authTagLength: TAG_BYTES });
  cipher.setAAD(context(sealedFor));
  const sealed = Buffer.concat([cipher.update(url, 'utf8'), cipher.final(), cipher.getAuthTag()]);
  return [VERSION, id, nonce.toString('base64url'), sealed.toString('base64url')].join('.');
};

/**
 * The URL in a sealed text.
 *
 * @throws Error when its key is not among those given, or when it was changed or belongs to another run. The message holds nothing of the text.
 */
export const openUrl = (text: string, sealedFor: SealedFor, keys: readonly EncryptionKey[]): string => {
  const [version, keyId, nonce = '', sealed = ''] = text.split('.');
  const key = version === VERSION ? keys.find(({ id }) => id === keyId) : undefined;
  if (!key) throw new Error('The key that sealed the callback URL is no longer in CALLBACK_ENCRYPTION_KEY.');
  const bytes = Buffer.from(sealed, 'base64url');
  try {
    const decipher = createDecipheriv(ALGORITHM, key.bytes, Buffer.from(nonce, 'base64url'), {
      authTagLength: TAG_BYTES,
    });
    decipher.setAAD(context(sealedFor));
    decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
    return Buffer.concat([decipher.update(bytes.subarray(0, -TAG_BYTES)), decipher.final()]).toString('utf8');
  } catch (error) {
    throw new Error('The sealed callback URL was changed, or belongs to another run.', { cause: error });
  }
};

const context = ({ deploymentId, run }: SealedFor): Buffer => Buffer.from(`callback-url:${deploymentId}:${run}`);
