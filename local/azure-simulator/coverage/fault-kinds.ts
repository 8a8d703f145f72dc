import type { FaultAction } from '../state/faults.ts';

type KeysOfEach<T> = T extends unknown ? keyof T : never;

export type FaultKind = KeysOfEach<FaultAction>;

export interface FaultKindDeclaration {
  /** What may stand in its place in the script. */
  readonly script: string;
  readonly does: string;
  /** Whether it strikes long-running operations only. */
  readonly longRunningOnly?: true;
}

/** What can be made to go wrong, by the key of the script's `action`. */
export const FAULT_KINDS: Readonly<Record<FaultKind, FaultKindDeclaration>> = {
  answer: {
    script: '{"status": 503, "code": "ServerBusy", "message": "…", "headers": {…}, "body": …}',
    does: 'answers so, in the shape of the service unless a body is given, and does nothing else',
  },
  drop: {
    script: '"before", "after" or "idle"',
    does: 'closes the connection instead of an answer, before or after the work is done; as one that was idle, without latency',
  },
  cut: {
    script: '{"at": "within-body", "by": "reset"}',
    does: 'does the work and sends the answer in part: to a place before, within or after headers or body; then resets or closes the connection, or is silent for so many modelled `seconds`; the body with its length or `chunked`',
  },
  delaySeconds: { script: '30', does: 'answers so many modelled seconds later' },
  failOperation: {
    script: '{"code": "AllocationFailed", "message": "…", "status": 409}',
    does: 'accepts a long-running operation, which fails at its end; anything else is refused so at once',
  },
  hangOperation: {
    script: 'true',
    does: 'accepts a long-running operation, which never ends',
    longRunningOnly: true,
  },
};
