import type { Log } from '../worker/log.ts';

/**
 * Puts settings into the environment; what is already defined there wins, as in azure-functions-core-tools `StartHostAction.cs`
 * (`UpdateEnvironmentVariables`).
 */
export const applySettings = (values: Readonly<Record<string, string | null>>, log: Log): void => {
  for (const [name, value] of Object.entries(values)) {
    if (!name) log('warning', 'Host.Startup', 'Skipping local setting with empty key.');
    else if (process.env[name]) {
      if (process.env[name] === value) continue;
      const why = "as it's already defined in current environment variables.";
      log('warning', 'Host.Startup', `Skipping '${name}' from local settings ${why}`);
    } else if (value === null) log('warning', 'Host.Startup', `Skipping '${name}' because value is null`);
    else process.env[name] = value;
  }
};

/**
 * The variables that Core Tools sets on every start. `WEBSITE_HOSTNAME` is always set to the port in use: durable-functions rewrites its
 * URLs to port 7071 without it.
 */
export const applyHostEnvironment = (port: number, appDirectory: string): void => {
  process.env.WEBSITE_HOSTNAME = `localhost:${port}`;
  process.env.AZURE_FUNCTIONS_ENVIRONMENT ||= 'Development';
  process.env.FUNCTIONS_WORKER_RUNTIME ||= 'node';
  process.env.AzureWebJobsScriptRoot ||= appDirectory;
};
