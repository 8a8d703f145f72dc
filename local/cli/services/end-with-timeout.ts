/**
 * Ends this process as the Functions host ends its worker process when an invocation has taken longer than host.json's `functionTimeout`: whatever
 * else runs there dies with it (azure-functions-host `WebScriptHostExceptionHandler.cs`).
 */
export const endWithTimeout = (name: string, invocationId: string): void => {
  console.error(
    [
      `A function timeout has occurred: ${name} (invocation ${invocationId}) took longer than "functionTimeout" in host.json allows.`,
      'As in Azure, that ends the process of the app. What was running is run again at the next start.',
    ].join('\n'),
  );
  process.exit(1);
};
