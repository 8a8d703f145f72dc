import type { Finding } from '../../deployment/plan/finding.ts';
import type { Surroundings } from '../surroundings.ts';

/** One thing that the preflight checks. */
export interface Rule {
  /** What it finds out, in words that follow "Whether". */
  readonly question: string;
  /** The field of the request that it is about, where it is about one. */
  readonly field?: string;
  /** It may throw what the SDKs throw: that it could not be checked is then the finding. */
  check(surroundings: Surroundings): Promise<readonly Finding[]>;
}
