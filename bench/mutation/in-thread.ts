import type { InstrumenterContext } from '@stryker-mutator/api/core';
import { afterAll, afterEach, beforeAll, beforeEach, inject } from 'vitest';
import './mutant-in-thread.ts';
import { testId } from './test-id.ts';

/** Vitest runs this file in the test thread before each test file. It switches mutants in the code that Stryker has instrumented. */
declare global {
  var __stryker__: InstrumenterContext | undefined;
}

globalThis.__stryker__ ??= {};
const stryker = globalThis.__stryker__;
const mode = inject('mutantMode');

const activate = (id: string | undefined): void => {
  if (id === undefined) delete stryker.activeMutant;
  else stryker.activeMutant = id;
};

const setHitLimit = (limit: number | undefined): void => {
  if (limit === undefined) delete stryker.hitLimit;
  else stryker.hitLimit = limit;
};

// The thread may have run another mutant before.
activate(undefined);
setHitLimit(undefined);

if (mode.kind === 'coverage') {
  // Code that is loaded from here on begins a new one.
  delete stryker.mutantCoverage;
  beforeEach(({ task }) => {
    stryker.currentTestId = testId(task.file.name, task.id);
  });
  afterEach(({ task }) => {
    delete stryker.currentTestId;
    if (stryker.mutantCoverage) task.file.meta.mutantCoverage = stryker.mutantCoverage;
  });
}

if (mode.kind === 'mutant') {
  let failed = false;
  stryker.hitCount = 0;
  setHitLimit(mode.hitLimit);
  if (mode.activation === 'static') activate(mode.id);
  beforeAll(() => activate(mode.id));
  // One failed test is enough.
  beforeEach(({ skip }) => skip(failed));
  afterEach(({ task }) => {
    failed ||= task.result?.state === 'fail';
    task.file.meta.hits = stryker.hitCount ?? 0;
  });
  afterAll(() => activate(undefined));
}
