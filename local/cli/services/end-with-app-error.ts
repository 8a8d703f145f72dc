/**
 * What the Functions host's language worker does with an error that no invocation catches, such as a promise that nobody awaits: the process
 * ends, and with it everything that runs. Here it also says why.
 */
export const endWithAppError = (): void => {
  process.on('uncaughtException', (error, origin) => {
    const what = origin === 'unhandledRejection' ? 'A promise that nobody awaits was rejected' : 'An error was thrown';
    console.error(
      [
        `${what} outside of any function call. As in Azure, that ends the process of the app:`,
        error instanceof Error ? error.stack : String(error),
        'What was running is run again at the next start.',
      ].join('\n'),
    );
    process.exit(1);
  });
};
