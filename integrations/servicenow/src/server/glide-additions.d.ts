/** Documented APIs that the types of `@servicenow/glide` 27.0.5 leave out or give otherwise. */
import type { Connection } from '@servicenow/glide/sn_cc';

declare module '@servicenow/glide/sn_cc' {
  /** https://www.servicenow.com/docs/r/api-reference/server-api-reference/connection-info-provider-api.html */
  export class ConnectionInfoProvider {
    getConnectionInfo(aliasId: string): Connection | null;
  }
}

declare module '@servicenow/glide' {
  /** The types have it static: https://www.servicenow.com/docs/r/api-reference/server-api-reference/c_CertificateEncryptionScopedAPI.html */
  export interface CertificateEncryption {
    generateMac(key: string, algorithm: string, data: string): string;
  }
}
