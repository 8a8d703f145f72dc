import { HttpError } from '../http/http-error.ts';

/** Token buckets of Resource Manager, per subscription and principal (learn.microsoft.com, request-limits-and-throttling). */
const BUCKETS = {
  reads: { size: 250, perSecond: 25 },
  writes: { size: 200, perSecond: 10 },
  deletes: { size: 200, perSecond: 10 },
} as const;

type Kind = keyof typeof BUCKETS;

/** Takes a token for each request and refuses when there is none left. Modelled time. */
export class Throttle {
  readonly #buckets = new Map<string, { tokens: number; at: number }>();

  /**
   * @param principalId - the caller's object id.
   * @returns the header that says how many requests are left.
   * @throws HttpError 429 with Retry-After when `enforced` and the bucket is empty.
   */
  take(
    subscriptionId: string,
    principalId: string,
    method: string,
    now: number,
    enforced: boolean,
  ): Record<string, string> {
    const kind = kindOf(method);
    const { size, perSecond } = BUCKETS[kind];
    const key = `${subscriptionId}/${principalId}/${kind}`;
    const header = `x-ms-ratelimit-remaining-subscription-${kind}`;
    const bucket = this.#buckets.get(key) ?? { tokens: size, at: now };
    const tokens = Math.min(size, bucket.tokens + (Math.max(0, now - bucket.at) / 1000) * perSecond);
    if (enforced && tokens < 1) {
      this.#buckets.set(key, { tokens, at: now });
      const seconds = Math.max(1, Math.ceil((1 - tokens) / perSecond));
      throw new HttpError(
        429,
        'SubscriptionRequestsThrottled',
        `Number of '${kind.slice(0, -1)}' requests for subscription '${subscriptionId}' actor '${principalId}' exceeded. Please try again after '${seconds}' seconds.`,
        { headers: { 'retry-after': String(seconds), [header]: '0' }, shape: 'standard' },
      );
    }
    const left = Math.max(0, tokens - 1);
    this.#buckets.set(key, { tokens: left, at: now });
    return { [header]: String(Math.floor(left)) };
  }

  clear(): void {
    this.#buckets.clear();
  }
}

const kindOf = (method: string): Kind => {
  if (method === 'GET' || method === 'HEAD') return 'reads';
  return method === 'DELETE' ? 'deletes' : 'writes';
};
