import { afterAll, beforeAll } from 'vitest';
import { TestWorld, type TestWorldOptions } from './world.ts';

/** One world for the tests of a file (or of a `describe`): started before them, closed after them. Azure is as the tests leave it. */
export const useWorld = (options?: TestWorldOptions): TestWorld => {
  const world = new TestWorld(options);
  beforeAll(() => world.start());
  afterAll(() => world.close());
  return world;
};
