import { z } from 'zod';
import {
  SIMULATED_OPERATOR_CLIENT_ID,
  SIMULATED_OPERATOR_SECRET,
  SIMULATED_TENANT_ID,
} from '../../local/azure-simulator/azure-simulator.ts';
import { sendRaw } from './fixture.ts';

const HEADERS = { host: 'login.microsoftonline.com', 'content-type': 'application/x-www-form-urlencoded' };

/** The form with which the operator asks for a token. */
export const logInForm = (audience: string): Record<string, string> => ({
  grant_type: 'client_credentials',
  client_id: SIMULATED_OPERATOR_CLIENT_ID,
  client_secret: SIMULATED_OPERATOR_SECRET,
  scope: `${audience}/.default`,
});

/** What the authority answers to a form. */
export const logIn = (url: string, form: Record<string, string>, tenant = SIMULATED_TENANT_ID) =>
  sendRaw(url, 'POST', `/${tenant}/oauth2/v2.0/token`, HEADERS, new URLSearchParams(form).toString());

/** A token of the simulator's service principal. */
export const operatorToken = async (url: string, audience: string): Promise<string> => {
  const { body } = await logIn(url, logInForm(audience));
  return z.object({ access_token: z.string() }).parse(body).access_token;
};
