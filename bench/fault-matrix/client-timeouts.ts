import type { Clock } from '../../local/clock/clock.ts';

/** The app's time limits for a request: to Azure (src/azure/exchange.ts), a cluster (src/azure/cluster-api.ts) and a registry (src/azure/plain-request.ts). */
const REQUEST_TIMEOUTS_MS: readonly unknown[] = [60_000, 30_000, 4_000];

/** Real time for the client to take note of its own timeout before modelled time goes on. */
const NOTICE_MS = 30;

export interface ClientTimeouts {
  /** How often a client gave up. */
  readonly fired: () => number;
  /** Back to the real clock. */
  readonly restore: () => void;
}

/**
 * Lets the SDKs' time limit for a request run on a modelled clock instead of the real one. What then happens is the client's own timeout, with its own
 * abort and its own error, and the request arrives at the service all the same.
 */
export const runClientTimeoutsOn = (clock: Clock): ClientTimeouts => {
  const { setTimeout: realSetTimeout, clearTimeout: realClearTimeout } = globalThis;
  const cancels = new WeakMap<object, () => void>();
  let fired = 0;

  const onModelledClock = (action: () => void, delayMs: number): object => {
    const handle = {};
    const { cancel } = clock.schedule(clock.now() + delayMs, () => {
      fired++;
      realSetTimeout(clock.hold(), NOTICE_MS);
      action();
    });
    cancels.set(handle, cancel);
    return handle;
  };

  Reflect.set(globalThis, 'setTimeout', (action: () => void, delayMs?: number, ...rest: []) =>
    delayMs !== undefined && REQUEST_TIMEOUTS_MS.includes(delayMs)
      ? onModelledClock(action, delayMs)
      : realSetTimeout(action, delayMs, ...rest),
  );
  Reflect.set(globalThis, 'clearTimeout', (handle: NodeJS.Timeout | object | undefined) => {
    const cancel = typeof handle === 'object' ? cancels.get(handle) : undefined;
    if (cancel) cancel();
    else Reflect.apply(realClearTimeout, undefined, [handle]);
  });
  return {
    fired: () => fired,
    restore: () => {
      Reflect.set(globalThis, 'setTimeout', realSetTimeout);
      Reflect.set(globalThis, 'clearTimeout', realClearTimeout);
    },
  };
};
