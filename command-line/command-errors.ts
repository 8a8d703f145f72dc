/** The command line itself is wrong: shown with the command's usage. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** Something that a person or a script can act on went wrong: shown without a stack. The message says what to do next. */
export class CommandError extends Error {
  override readonly name: string = 'CommandError';
  readonly exitCode: number;

  constructor(message: string, { exitCode = 1, ...options }: ErrorOptions & { readonly exitCode?: number } = {}) {
    super(message, options);
    this.exitCode = exitCode;
  }
}
