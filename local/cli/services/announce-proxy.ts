import { writeFile } from 'node:fs/promises';
import { CommandError } from '../../../command-line/command-errors.ts';
import type { CloudName } from '../../azure-simulator/base/clouds.ts';
import { CLI_LOGIN, type CliEnvironmentOptions, cliEnvironment } from '../../azure-simulator/proxy/cli-environment.ts';
import { shellWord } from '../../storage/shell-word.ts';

/**
 * Writes the proxy's CA certificate to its file and prints what a person types to use the Azure CLI.
 *
 * @param certificate - PEM.
 * @throws {@link CommandError} when the file cannot be written.
 */
export const announceProxy = async (
  certificate: string,
  { cloud, ...options }: CliEnvironmentOptions & { readonly cloud: CloudName },
): Promise<void> => {
  try {
    await writeFile(options.caFile, certificate);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new CommandError(
      `The proxy's CA certificate cannot be written: ${reason}. Choose another file with --ca, in a folder that exists.`,
      { cause: error },
    );
  }
  console.log('To use it with the Azure CLI, type:');
  for (const [name, value] of Object.entries(cliEnvironment(options)))
    console.log(`export ${name}=${shellWord(value)}`);
  // The configuration folder is the simulator's own: a person's choice of a cloud is left alone.
  if (cloud !== 'AzureCloud') console.log(`az cloud set --name ${cloud}`);
  console.log(CLI_LOGIN);
};
