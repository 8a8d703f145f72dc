import type { AzureFailure } from './azure-failure.ts';
import { classifyFailure } from './classify-failure.ts';

/** The statuses below 500 after which the same read may succeed a little later. */
const PASSING = [408, 409, 429];

/** Whether the same read may succeed a little later: for callers who wait. */
export const mayPass = (failure: AzureFailure): boolean => {
  const { status } = failure;
  if (status === 429) return true;
  if (status !== undefined && status >= 400 && status < 500 && !PASSING.includes(status)) return false;
  return ['throttle', 'transient', 'busy'].includes(classifyFailure(failure).class);
};
