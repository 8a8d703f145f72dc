import type { StepState } from '../deployment/driver/step.ts';

/** A node of the graph before it has a place. */
export interface GraphStep {
  readonly name: string;
  readonly waitsFor: readonly string[];
  /** A {@link StepState}, unless the service knows more. */
  readonly state: string;
}

const IMAGES = 'images';

/** States from the one that most wants to be seen to the one that least does. */
const BY_URGENCY: readonly StepState[] = [
  'Failed',
  'Retrying',
  'Running',
  'Cancelled',
  'Waiting',
  'Skipped',
  'Succeeded',
];

/** Up to thirty image imports become one node that says how many, in the state of the one that most wants to be seen. */
export const groupImages = (steps: readonly GraphStep[]): readonly GraphStep[] => {
  const images = steps.filter(({ name }) => name.startsWith('image:'));
  if (images.length < 2) return steps;
  const imageNames = new Set(images.map(({ name }) => name));
  const grouped: GraphStep = {
    name: `${images.length} ${IMAGES}`,
    waitsFor: [...new Set(images.flatMap(({ waitsFor }) => waitsFor))],
    state: BY_URGENCY.find((state) => images.some((image) => image.state === state)) ?? 'Waiting',
  };
  const renamed = (name: string): string => (imageNames.has(name) ? grouped.name : name);
  const first = steps.findIndex(({ name }) => imageNames.has(name));
  return steps.flatMap((step, index) => {
    if (index === first) return [grouped];
    if (imageNames.has(step.name)) return [];
    return [{ ...step, waitsFor: [...new Set(step.waitsFor.map(renamed))] }];
  });
};
