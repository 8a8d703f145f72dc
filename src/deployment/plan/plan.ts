import type { ProfileDifference } from '../profile/hardening.ts';
import type { Finding } from './finding.ts';
import type { Difference, PlanAction } from './inspection.ts';

/** What a run would do for one step. */
export interface PlanStep {
  readonly name: string;
  readonly action: PlanAction;
  readonly waitsFor: readonly string[];
  /** Whether it is on the critical path. */
  readonly critical: boolean;
  /** How long it is expected to take. */
  readonly usualSeconds: number;
  readonly resourceId: string;
  readonly changes: readonly Difference[];
  readonly note?: string;
}

/** What a POST of the same body would do, as far as can be seen without doing it. */
export interface Plan {
  /** The deployment's id. */
  readonly id: string;
  /** To be sent as planHash; of no use while a step is `unknown`. */
  readonly hash: string;
  readonly names: Readonly<Record<string, string>>;
  readonly summary: Readonly<Record<PlanAction, number>>;
  /** Every step, in the planned order. */
  readonly steps: readonly PlanStep[];
  readonly criticalPath: CriticalPath;
  readonly findings: readonly Finding[];
  /** What is made otherwise than the tutorial does; absent where nothing is. */
  readonly profileDifferences?: readonly ProfileDifference[];
}

/** The chain of steps, each waiting for the one before, that takes longest: nothing can be faster. */
export interface CriticalPath {
  readonly steps: readonly string[];
  readonly usualSeconds: number;
}
