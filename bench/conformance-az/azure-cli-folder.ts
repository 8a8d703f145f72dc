import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';

/** The release that the conformance is measured with, the newest on PyPI when this was written. */
export const AZURE_CLI_VERSION = '2.91.0';

/**
 * Where the virtual environment with the Azure CLI is kept between runs: in the user's cache folder, never in the repository (XDG Base Directory
 * Specification: `$XDG_CACHE_HOME`, if absolute, else `~/.cache`).
 */
export const azureCliFolder = (environment: NodeJS.ProcessEnv = process.env): string => {
  const { XDG_CACHE_HOME: named } = environment;
  const cache = named !== undefined && isAbsolute(named) ? named : join(homedir(), '.cache');
  return join(cache, 'airflow-on-aks', `azure-cli-${AZURE_CLI_VERSION}`);
};
