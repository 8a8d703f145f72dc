import { SIMULATED_API_CLIENT_ID, SIMULATED_TENANT_ID } from '../../azure-simulator/base/identities.ts';

/** What an app needs that was started with AUTH_MODE=entra to take the simulator's tokens. What the environment sets wins. */
export const entraSettings = (environment = process.env): Readonly<Record<string, string>> =>
  environment.AUTH_MODE === 'entra'
    ? {
        ENTRA_TENANT_ID: environment.ENTRA_TENANT_ID || SIMULATED_TENANT_ID,
        ENTRA_AUDIENCE: environment.ENTRA_AUDIENCE || SIMULATED_API_CLIENT_ID,
      }
    : {};
