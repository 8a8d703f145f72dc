import type { StrykerOptions } from '@stryker-mutator/api/core';
import { commonTokens, declareFactoryPlugin, PluginKind, tokens } from '@stryker-mutator/api/plugin';
import { runOptions } from './run-options.ts';
import { TypeChecker } from './type-checker.ts';
import { UnitTestRunner } from './unit-test-runner.ts';

const createRunner = (options: StrykerOptions): UnitTestRunner =>
  new UnitTestRunner(runOptions.parse(options).mutation.unitTests);
createRunner.inject = tokens(commonTokens.options);

const createChecker = (options: StrykerOptions): TypeChecker =>
  new TypeChecker(runOptions.parse(options).mutation.root);
createChecker.inject = tokens(commonTokens.options);

/** What Stryker finds in this module. */
export const strykerPlugins = [
  declareFactoryPlugin(PluginKind.TestRunner, 'unit-tests', createRunner),
  declareFactoryPlugin(PluginKind.Checker, 'types', createChecker),
];

/** Names the option of ours, of which Stryker would warn otherwise. */
export const strykerValidationSchema = { properties: { mutation: { type: 'object' } } };
