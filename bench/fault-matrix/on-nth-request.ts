import type { AzureHere } from '../../local/world/start-azure.ts';

/** Which request of a kind is meant: the nth whose path a regular expression matches. */
export interface NthRequest {
  readonly method: string;
  readonly pattern: string;
  readonly nth: number;
}

/** Has `action` called when that request was answered, before the answer leaves; until the returned function is called. */
export const onNthRequest = (
  azure: AzureHere,
  { method, pattern, nth }: NthRequest,
  action: () => void,
): (() => void) => {
  const path = new RegExp(pattern, 'i');
  let matched = 0;
  return azure.onRequest((entry) => {
    if (entry.method !== method || !path.test(new URL(entry.url).pathname)) return;
    matched++;
    if (matched === nth) action();
  });
};
