import { createLocalJWKSet, createRemoteJWKSet, customFetch, type JWTVerifyGetKey } from 'jose';
import { z } from 'zod';
import { sendPlain } from '../azure/plain-request.ts';

/** The keys of the tenant could not be fetched, and none that is known fits. */
export class KeysUnavailableError extends Error {
  override readonly name = 'KeysUnavailableError';
}

/** Microsoft: once a day is enough (learn.microsoft.com/entra/identity-platform/access-tokens). A key that is not known is asked for at once. */
const MAX_AGE_MS = 24 * 3600 * 1000;
/** Between two requests because of unknown keys: who makes up key ids may not make the app ask for each. */
const COOLDOWN_MS = 30_000;
/** For how long an endpoint that does not answer is left alone. */
export const RETRY_SECONDS = 10;

const keySetSchema = z.object({ keys: z.array(z.record(z.string(), z.unknown())) });

/**
 * The keys that a tenant signs its tokens with, fetched when the first token comes and then kept. While they cannot be fetched those that were known go on
 * counting, however old.
 *
 * @throws from the returned function: KeysUnavailableError, or jose's JWKSNoMatchingKey when the tenant has no such key.
 */
export const signingKeys = (url: string): JWTVerifyGetKey => {
  let failedAt = Number.NEGATIVE_INFINITY;
  const fetchKeys = async (): Promise<Response> => {
    if (performance.now() - failedAt < RETRY_SECONDS * 1000) throw new KeysUnavailableError('They failed just now.');
    try {
      const { status, bodyAsText } = await sendPlain('GET', url);
      if (status !== 200) throw new Error(`HTTP ${status}`);
      return Response.json(keySetSchema.parse(JSON.parse(bodyAsText ?? '')));
    } catch (cause) {
      failedAt = performance.now();
      throw new KeysUnavailableError(`The keys at ${url} could not be fetched.`, { cause });
    }
  };
  const remote = createRemoteJWKSet(new URL(url), {
    [customFetch]: fetchKeys,
    cacheMaxAge: MAX_AGE_MS,
    cooldownDuration: COOLDOWN_MS,
  });
  return async (header, token) => {
    try {
      return await remote(header, token);
    } catch (error) {
      // jose drops no key when a fetch fails, but asks none that is too old either.
      const known = error instanceof KeysUnavailableError ? remote.jwks() : undefined;
      if (!known) throw error;
      return createLocalJWKSet(known)(header, token).catch(() => {
        throw error;
      });
    }
  };
};
