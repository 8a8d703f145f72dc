import { describe, expect, it } from 'vitest';
import { allSteps } from '../../src/steps/all-steps.ts';
import { STEP_VALUES } from '../support/step-values.ts';

const valueGivenBy = (step: string): unknown => STEP_VALUES.get(step === 'image' ? 'image:statsd:v1' : step);

describe.each(allSteps.map((step) => [step.name, step] as const))('the value of %s', (name, step) => {
  it('is kept whole in the history', () => {
    const value = valueGivenBy(name);
    const report = { kind: 'done', change: 'created', value };
    expect(step.report.parse(report)).toStrictEqual(report);
    expect(step.value.parse(value)).toStrictEqual(value);
  });

  it('may not lack anything', () => {
    const optional = ['controlPlaneObjectId', 'digest'];
    const whole = Object.entries(Object(valueGivenBy(name))).filter(([property]) => !optional.includes(property));
    for (const [missing] of whole) {
      const part = Object.fromEntries(whole.filter(([property]) => property !== missing));
      expect(step.value.safeParse(part).success, missing).toBe(false);
    }
    expect(step.value.safeParse(Object.fromEntries(whole)).success).toBe(true);
  });
});
