import type { Answer } from '../arm/answer.ts';
import type { ArmError } from '../arm/arm-error.ts';
import type { FaultAction } from '../state/faults.ts';
import type { Incoming } from './incoming.ts';

/** What a service is about to do for a request. */
export interface Plan {
  /** Nominal seconds until the answer. */
  seconds: number;
  /** Whether it is a write that may be made to fail later or hang. */
  asynchronous: boolean;
  /** Ends what `prepare` began, such as a lock. */
  release?: (() => void) | undefined;
  /** Looks at the state as it is after the latency, changes it, and answers. */
  execute(): Answer;
}

/** One of the simulated services. */
export interface Plane {
  /** Checks what can be refused at once. @throws ArmError */
  prepare(incoming: Incoming, arrivedAt: number, fault: FaultAction | undefined): Plan;
  /** The body of an error. */
  errorBody(error: ArmError, incoming: Incoming): Answer;
  /** Headers that every answer has. */
  headers(incoming: Incoming): Record<string, string>;
}
