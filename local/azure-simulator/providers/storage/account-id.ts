import type { ArmRequest } from '../../arm/arm-request.ts';

export const ACCOUNT_TYPE = 'Microsoft.Storage/storageAccounts';

export const accountId = (request: ArmRequest): string =>
  `${request.groupId}/providers/${ACCOUNT_TYPE}/${request.parameter('account')}`;
