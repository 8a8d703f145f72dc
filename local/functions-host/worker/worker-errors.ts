/** An error of the worker itself; `@azure/functions` reads the mark. Imitates azure-functions-nodejs-worker `errors.ts`. */
export class WorkerError extends Error {
  readonly isAzureFunctionsSystemError = true;
}

/** @see WorkerError */
export class WorkerRangeError extends RangeError {
  readonly isAzureFunctionsSystemError = true;
}

/** Whatever was thrown, as the error that the worker would report. Imitates `ensureErrorType` of azure-functions-nodejs-worker. */
export const toError = (thrown: unknown): Error => {
  if (thrown instanceof Error) return thrown;
  return new Error(describeThrown(thrown));
};

const describeThrown = (thrown: unknown): string => {
  if (thrown === null || thrown === undefined) return 'Unknown error';
  if (typeof thrown !== 'object') return String(thrown);
  try {
    return JSON.stringify(thrown);
  } catch {
    return String(thrown);
  }
};
