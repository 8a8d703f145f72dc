import type { FaultAction } from '../state/faults.ts';
import type { Answer } from './answer.ts';
import type { HttpError } from './http-error.ts';
import type { Incoming } from './incoming.ts';

/** What a service is about to do for a request. */
export interface Plan {
  /** Nominal seconds until the answer. */
  seconds: number;
  /** Whether it is a write that may be made to fail later or hang. */
  asynchronous: boolean;
  /** Ends what `prepare` began, such as a lock. */
  release?: (() => void) | undefined;
  /** Reads the state as it is after the latency, changes it, and answers. */
  execute(): Answer;
}

/** One of the simulated services. */
export interface Plane {
  /** Whether a host is the service's. */
  serves(host: string): boolean;
  /** Whether one of its hosts leads anywhere now; always, when absent. What does not would not resolve, or not answer: the connection is dropped. */
  isReachable?(host: string): boolean;
  /** Checks what can be refused at once. @throws HttpError */
  prepare(incoming: Incoming, arrivedAt: number, fault: FaultAction | undefined): Plan;
  /** The body of an error. */
  errorBody(error: HttpError, incoming: Incoming): Answer;
  /** Headers that every answer has. */
  headers(incoming: Incoming): Record<string, string>;
}
