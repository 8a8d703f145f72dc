import { StandardCredentialsProvider } from '@servicenow/glide/sn_cc';
import { readProperty } from './read-property.ts';

const SECRET = /^whsec_[A-Za-z0-9+/]{32,88}={0,2}$/;

/** The secrets that messages of the service are signed with; empty until the alias "Airflow on AKS: callbacks" has a credential. */
export const signingSecrets = (): readonly string[] => {
  const credential = new StandardCredentialsProvider().getCredentialByAliasID(readProperty('signing_alias'));
  const secrets = credential?.getAttribute('api_key') ?? '';
  return secrets.split(/[\s,]+/).filter((secret) => SECRET.test(secret));
};
