import { instance } from './instance.ts';

/** Fakes of `@servicenow/glide/sn_cc`. */

export class ConnectionInfoProvider {
  getConnectionInfo(aliasId: string) {
    const connection = instance.connections.get(aliasId);
    return connection
      ? {
          getAttribute: (name: string) => (name === 'connection_url' ? connection.url : null),
          getCredentialAttribute: (name: string) => (name === 'api_key' ? connection.apiKey : null),
        }
      : null;
  }
}

export class StandardCredentialsProvider {
  getCredentialByAliasID(aliasId: string) {
    const credential = instance.credentials.get(aliasId);
    return credential ? { getAttribute: (name: string) => (name === 'api_key' ? credential.apiKey : null) } : null;
  }
}
