import { z } from 'zod';
import { type Cloud, currentCloud } from '../azure/settings/cloud.ts';

/** How callers prove who they are; decided once, when the app starts. */
export type Authentication =
  | { readonly mode: 'keys' }
  | ({ readonly mode: 'entra' } & EntraAuthentication)
  /** The settings are wrong: nobody is let in. */
  | { readonly mode: 'misconfigured'; readonly reason: string };

/** Which tokens are taken. */
export interface EntraAuthentication {
  readonly tenantId: string;
  readonly audiences: readonly string[];
  readonly issuers: readonly string[];
  /** Where the keys are that tokens are signed with. */
  readonly keysUrl: string;
  /** Where people sign in, for challenges. */
  readonly authorizationUrl: string;
}

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** As each cloud's tokens name an audience: by the API's client id, or by its application ID URI. */
const audienceRule =
  'must be the client id of the API\'s app registration, or its application ID URIs as well, separated by commas: "00000000-…, api://…"';

const entraSchema = z.object({
  ENTRA_TENANT_ID: z
    .string('must be set with AUTH_MODE=entra')
    .trim()
    .toLowerCase()
    .regex(GUID, 'must be the id of one tenant, a GUID: tokens of all others are refused'),
  ENTRA_AUDIENCE: z
    .string('must be set with AUTH_MODE=entra')
    .transform((text) => text.split(',').map((part) => part.trim()))
    .pipe(z.array(z.string().regex(/^([0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|(api|https):\/\/\S+)$/i, audienceRule)))
    .transform((list) => [...new Set(list.flatMap(sameAudience))]),
});

/** The default application ID URI is made of the client id; version 1 tokens carry the one, version 2 tokens the other. */
const sameAudience = (audience: string): readonly string[] => {
  const id = audience.replace(/^api:\/\//i, '').toLowerCase();
  return GUID.test(id) ? [id, `api://${id}`] : [audience];
};

/**
 * Reads AUTH_MODE (keys when absent) and what belongs to it. Never throws: an app that cannot start answers nothing, and one that ignored a wrong setting
 * would be open.
 */
export const readAuthentication = (environment: NodeJS.ProcessEnv = process.env): Authentication => {
  const mode = environment.AUTH_MODE?.trim() || 'keys';
  if (mode === 'keys') return { mode };
  if (mode !== 'entra') return { mode: 'misconfigured', reason: 'The app setting AUTH_MODE must be keys or entra.' };
  const parsed = entraSchema.safeParse(environment);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return {
      mode: 'misconfigured',
      reason: `The app setting ${issue?.path[0]?.toString()} ${issue?.message}.`,
    };
  }
  try {
    return { mode, ...entraOf(currentCloud(environment), parsed.data.ENTRA_TENANT_ID, parsed.data.ENTRA_AUDIENCE) };
  } catch (error) {
    return { mode: 'misconfigured', reason: error instanceof Error ? error.message : String(error) };
  }
};

const entraOf = (cloud: Cloud, tenantId: string, audiences: readonly string[]): EntraAuthentication => ({
  tenantId,
  audiences,
  issuers: issuersOf(cloud, tenantId),
  keysUrl: `${cloud.authority}/${tenantId}/discovery/v2.0/keys`,
  authorizationUrl: `${cloud.authority}/${tenantId}/oauth2/v2.0/authorize`,
});

/** What a tenant's tokens may name as their issuer, of version 2 and of version 1. */
export const issuersOf = (
  { authority, otherIssuer, version1Issuer }: Pick<Cloud, 'authority' | 'otherIssuer' | 'version1Issuer'>,
  tenantId: string,
): string[] => [
  `${authority}/${tenantId}/v2.0`,
  ...(otherIssuer === undefined ? [] : [`${otherIssuer}/${tenantId}/v2.0`]),
  `${version1Issuer}/${tenantId}/`,
];
