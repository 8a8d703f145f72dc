import type { MutantCoverage } from '@stryker-mutator/api/core';

/** What a test thread is asked to do with the instrumented code. */
export type MutantMode =
  /** Runs the code as it is and records which test reaches which mutant. */
  | { readonly kind: 'coverage' }
  /** Runs the code as it is. */
  | { readonly kind: 'none' }
  /** Runs the code with one mutant: while its modules load already (`static`), or in tests only (`runtime`). */
  | {
      readonly kind: 'mutant';
      readonly id: string;
      readonly activation: 'static' | 'runtime';
      readonly hitLimit: number | undefined;
    };

declare module 'vitest' {
  interface ProvidedContext {
    mutantMode: MutantMode;
  }
  interface TaskMeta {
    mutantCoverage?: MutantCoverage;
    /** How often the mutant was reached. */
    hits?: number;
  }
}
