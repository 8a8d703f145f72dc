import { currentExchange, type Operation } from './exchange.ts';

/** The part of the SDKs' pollers that is used. They are thenable: returned from an async function they would poll for minutes. */
interface Poller<T> {
  submitted(): Promise<void>;
  readonly isDone: boolean;
  readonly result: T | undefined;
}

/** What a write led to: the resource when it was done at once, otherwise where its progress can be read, if anywhere. */
export interface Submitted<T> {
  readonly result: T | undefined;
  readonly operation: Operation | undefined;
}

/**
 * Sends the first request of a long-running operation and lets its poller go. Polling is ours: the pollers lose error details, and one failed poll
 * spoils their state for good.
 */
export const submit = async <T>(start: () => Poller<T>): Promise<Submitted<T>> => {
  const poller = start();
  await poller.submitted();
  return poller.isDone
    ? { result: poller.result, operation: undefined }
    : { result: undefined, operation: currentExchange().operation };
};
