import type { OrchestrationStatus } from './deployment-run.ts';
import type { StepError } from './step.ts';

/**
 * What a custom status may hold, in characters of its JSON text. The platform's limit is 16 KB of UTF-16, counted in whole KB: 8,704
 * characters fail the orchestration. Source: durable extension, DurableOrchestrationContext.SetCustomStatus.
 */
const MAX_CHARACTERS = 8_000;

/** How much of an error's text stays at each attempt to make the status fit. */
const MESSAGE_LENGTHS = [1024, 300, 100, 30];

/** Cuts error texts, and at last resource ids, notes and lists of changes, until the status fits. The output of the orchestration keeps them whole. */
export const fitCustomStatus = (status: OrchestrationStatus): OrchestrationStatus => {
  for (const length of MESSAGE_LENGTHS) {
    const shortened = shorten(status, length);
    if (JSON.stringify(shortened).length <= MAX_CHARACTERS) return shortened;
  }
  const bare = shorten(status, 30);
  return {
    ...bare,
    warnings: [],
    steps: bare.steps.map(({ resourceId: _, note: __, changed: ___, ...step }) => ({
      ...step,
      name: step.name.slice(0, 140),
    })),
  };
};

const shorten = (status: OrchestrationStatus, length: number): OrchestrationStatus => ({
  ...status,
  ...(status.error && { error: { ...status.error, ...shortenError(status.error, length) } }),
  steps: status.steps.map((step) => (step.error ? { ...step, error: shortenError(step.error, length) } : step)),
});

const shortenError = (error: StepError, length: number): StepError => ({
  ...error,
  code: error.code.slice(0, 80),
  message: cut(error.message, length),
  ...(error.remedy !== undefined && { remedy: cut(error.remedy, length) }),
});

const cut = (text: string, length: number): string => (text.length <= length ? text : `${text.slice(0, length - 1)}…`);
