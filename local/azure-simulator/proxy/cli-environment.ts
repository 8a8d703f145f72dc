import { join } from 'node:path';
import {
  SIMULATED_IDENTITY_HEADER,
  SIMULATED_OPERATOR_CLIENT_ID,
  SIMULATED_OPERATOR_SECRET,
  SIMULATED_TENANT_ID,
} from '../base/identities.ts';

/** The environment variables that the Azure CLI needs. */
export interface CliEnvironmentOptions {
  simulatorUrl: string;
  proxyUrl: string;
  /** The file with the proxy's CA certificate. */
  caFile: string;
  /** A folder for the configuration folder that the CLI is given, in place of the person's own. */
  directory: string;
}

/**
 * The environment in which the Azure CLI talks to the simulator and to nothing else. The identity endpoint is asked directly, in both of App Service's forms:
 * MSAL's (IDENTITY_…) and the older one (MSI_…).
 */
export const cliEnvironment = ({
  simulatorUrl,
  proxyUrl,
  caFile,
  directory,
}: CliEnvironmentOptions): Record<string, string> => ({
  HTTPS_PROXY: proxyUrl,
  NO_PROXY: '127.0.0.1',
  REQUESTS_CA_BUNDLE: caFile,
  IDENTITY_ENDPOINT: `${simulatorUrl}/msi/token`,
  IDENTITY_HEADER: SIMULATED_IDENTITY_HEADER,
  MSI_ENDPOINT: `${simulatorUrl}/msi/token`,
  MSI_SECRET: SIMULATED_IDENTITY_HEADER,
  AZURE_CONFIG_DIR: join(directory, 'azure-cli'),
  AZURE_CORE_COLLECT_TELEMETRY: 'false',
});

/**
 * How the Azure CLI logs in as the operator. As a managed identity (`az login --identity`) it cannot do all of the tutorial, in Azure neither: `az keyvault create`
 * then searches for a service principal called systemAssignedIdentity (Azure/azure-cli#16514).
 */
export const CLI_LOGIN = `az login --service-principal --username ${SIMULATED_OPERATOR_CLIENT_ID} --password ${SIMULATED_OPERATOR_SECRET} --tenant ${SIMULATED_TENANT_ID}`;
