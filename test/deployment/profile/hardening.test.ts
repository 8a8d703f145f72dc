import { expect, it } from 'vitest';
import * as profile from '../../../src/deployment/profile/hardening.ts';

// The texts are compared with docs/hardening.md by test/docs/hardening.test.ts.
it('a hardened deployment has no shared passwords and no open doors', () => {
  expect(profile.hardenedVault).toEqual({ enableRbacAuthorization: true, enablePurgeProtection: true });
  expect(profile.hardenedRegistry).toEqual({ adminUserEnabled: false });
  expect(profile.hardenedStorage).toEqual({ minimumTlsVersion: 'TLS1_2', allowSharedKeyAccess: false });
  expect(profile.hardenedCluster).toEqual({ disableLocalAccounts: true });
  expect(profile.hardenedEntra).toEqual({ managed: true, enableAzureRbac: true });
  expect(profile.ONLY_THE_CLUSTER).toBe('0.0.0.0/32');
});
