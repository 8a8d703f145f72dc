import { generateKeyPairSync } from 'node:crypto';
import { openSshRsaPublicKey } from '../../src/deployment/names/open-ssh-key.ts';

/** The public half of a fresh RSA key in OpenSSH form. */
export const anSshPublicKey = (): string => {
  const { n, e } = generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey.export({ format: 'jwk' });
  if (n === undefined || e === undefined) throw new Error('not an RSA key');
  return openSshRsaPublicKey({ n, e }, 'me@here');
};
