import type { HostResponse } from './host-message.ts';

/** When to come back, real seconds: no longer than the engine waits before it tries the storage again. */
export const RETRY_AFTER = ['Retry-After', '10'] as const;

export const NOT_STORED =
  'The task hub cannot store the request now. Send it again later; /admin/host/status says why.';

/** The answer for a function that failed while the task hub refused what it wanted to store. */
export const FUNCTION_NOT_STORED: HostResponse = {
  status: 503,
  headers: [['Content-Type', 'text/plain; charset=utf-8'], RETRY_AFTER],
  body: `${NOT_STORED}\n`,
};
