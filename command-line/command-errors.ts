/** The command line itself is wrong: told with the command's usage, exit code 2 (64 of `npm run cli`). */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** Something a person can act on went wrong: told without a stack, exit code 1. The message says what to do next. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
}
