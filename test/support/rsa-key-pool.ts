import { generateKeyPair, type KeyPairKeyObjectResult, type RSAKeyPairKeyObjectOptions } from 'node:crypto';
import { promisify } from 'node:util';

/** So many that no test gets one twice in a row. */
const KEY_PAIRS = 8;

/**
 * Hands out the first RSA key pairs of this process again and again. A deployment generates one for its nodes, which takes the processor about as
 * long as a fifth of all that a small deployment does.
 */
const reuseRsaKeyPairs = (): void => {
  const generate = promisify(generateKeyPair);
  const pairs: Promise<KeyPairKeyObjectResult>[] = [];
  let calls = 0;
  const reuse = (type: 'rsa', options: RSAKeyPairKeyObjectOptions): Promise<KeyPairKeyObjectResult> => {
    const index = calls++ % KEY_PAIRS;
    pairs[index] ??= generate(type, options);
    return pairs[index];
  };
  // What `promisify` gives for the function from now on.
  Object.defineProperty(generateKeyPair, promisify.custom, { value: reuse });
};

// A process runs this once for each test file.
if (!Object.hasOwn(generateKeyPair, promisify.custom)) reuseRsaKeyPairs();
