import { createHash } from 'node:crypto';

const LETTERS = 'abcdefghijklmnopqrstuvwxyz';

/** Seven letters: the most that fits into `airflow-vault-<suffix>-kv`, and 26^7 values against the tutorial's 32,768. */
const LENGTH = 7;

/**
 * The suffix that makes a global name unique: a pure function of subscription and resource group, as Bicep's `uniqueString` is, so
 * that the same request always names the same resources.
 */
export const uniqueSuffix = (subscriptionId: string, resourceGroupName: string): string => {
  const digest = createHash('sha256').update(`${subscriptionId}/${resourceGroupName}`.toLowerCase()).digest();
  let rest = digest.readBigUInt64BE();
  let suffix = '';
  for (let i = 0; i < LENGTH; i++) {
    suffix += LETTERS[Number(rest % 26n)];
    rest /= 26n;
  }
  return suffix;
};
