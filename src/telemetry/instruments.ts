import { metrics } from '@opentelemetry/api';
import { metricNames, SCOPE } from './telemetry-names.ts';

/** From a request that is answered at once to a cluster that takes its time. */
const STEP_SECONDS = [1, 2, 5, 10, 20, 30, 60, 120, 180, 300, 450, 600, 900, 1800, 3600, 5400];

const make = () => {
  const meter = metrics.getMeter(SCOPE);
  return {
    ended: meter.createCounter(metricNames.ended, { description: 'Deployments that ended' }),
    stepDuration: meter.createHistogram(metricNames.stepDuration, {
      description: 'From the first call of a step to its end',
      unit: 's',
      advice: { explicitBucketBoundaries: STEP_SECONDS },
    }),
    stepRetries: meter.createCounter(metricNames.stepRetries, { description: 'Retries of steps' }),
    throttled: meter.createCounter(metricNames.throttled, { description: 'Answers 429 of Azure Resource Manager' }),
  };
};

let made: ReturnType<typeof make> | undefined;

/**
 * The counters and histograms, made at their first use: those that are made before a meter provider is registered count nothing, for ever.
 *
 * What an invocation counts is counted again when the invocation is run again, which the platform may do at any moment (at least once): a worker that dies
 * after its metrics were exported and before its result was stored. So the numbers may be a little too high, never too low but for what a dying
 * worker had not exported yet.
 */
export const instruments = (): ReturnType<typeof make> => {
  made ??= make();
  return made;
};
