import { BlockList, isIPv4 } from 'node:net';
import { at, objectAt, toJson, valueAt } from '../../base/json.ts';
import { HttpError } from '../../http/http-error.ts';
import type { Resource } from '../../state/resource.ts';
import { type ClusterRequest, invalidParameter } from './cluster-schema.ts';
import { isOlder } from './kubernetes-versions.ts';

/** How many ranges there may be (learn.microsoft.com/azure/aks/api-server-authorized-ip-ranges). */
const MAX_RANGES = 200;

const RANGES = 'apiServerAccessProfile.authorizedIPRanges';

/**
 * Who may get into a cluster, and from where.
 *
 * @param version - the cluster's version of Kubernetes.
 * @throws HttpError 400
 */
export const checkAccess = ({ properties }: ClusterRequest, before: Resource | undefined, version: string): void => {
  const { aadProfile, disableLocalAccounts, apiServerAccessProfile } = properties;
  const entra = { ...objectAt(before?.properties, 'aadProfile'), ...objectAt(toJson(aadProfile ?? {})) };
  const localAccountsOff = disableLocalAccounts ?? at(before?.properties, 'disableLocalAccounts') === true;
  if (localAccountsOff && entra.managed !== true && !isOlder(version, '1.25')) {
    // Text: cilium/cilium pull request 48265; code: unverified.
    throw new HttpError(
      400,
      'BadRequest',
      'Since kubernetes version 1.25, disableLocalAccounts can only be set on Azure AD integration enabled cluster. Please integrate your cluster with AAD.',
    );
  }
  if (at(before?.properties, 'aadProfile', 'managed') === true && entra.managed !== true) {
    // That it cannot be taken away: learn.microsoft.com/azure/aks/enable-authentication-microsoft-entra-id; code and text: unverified.
    throw new HttpError(400, 'PropertyChangeNotAllowed', "Changing property 'aadProfile.managed' is not allowed.", {
      target: 'aadProfile.managed',
    });
  }
  if (entra.enableAzureRBAC === true && entra.managed !== true) {
    // Unverified.
    throw invalidParameter('aadProfile.enableAzureRBAC', 'Azure RBAC needs managed Azure AD integration');
  }
  checkRanges(apiServerAccessProfile?.authorizedIPRanges ?? []);
};

const checkRanges = (ranges: readonly string[]): void => {
  // Texts and codes of these two: unverified; that there are such limits: learn.microsoft.com/azure/aks/api-server-authorized-ip-ranges.
  if (ranges.length > MAX_RANGES) throw invalidParameter(RANGES, `at most ${MAX_RANGES} ranges are allowed`);
  const wrong = ranges.find((range) => !isRange(range));
  if (wrong !== undefined) throw invalidParameter(RANGES, `'${wrong}' is not an IPv4 address or CIDR`);
  if (ranges.length > 1 && ranges.some((range) => range.replace(/\/32$/, '') === '0.0.0.0')) {
    // Azure/terraform-azurerm-aks issue 378.
    throw new HttpError(
      400,
      'InvalidParameter',
      'Setting apiServerAuthorizedIPRange to 0.0.0.0/32 is not allowed with other IP ranges. Refer to https://aka.ms/aks/auth-ip-ranges for more details',
    );
  }
};

const isRange = (range: string): boolean => {
  const [address = '', bits = '32', ...rest] = range.split('/');
  return isIPv4(address) && /^([12]?\d|3[0-2])$/.test(bits) && rest.length === 0;
};

/** Whether a cluster's API server can be reached from an address; without ranges it can from everywhere. */
export const letsIn = (cluster: Resource, address: string): boolean => {
  const given = valueAt(cluster.properties, ['apiServerAccessProfile', 'authorizedIPRanges']);
  const ranges = Array.isArray(given) ? given.filter((one) => typeof one === 'string') : [];
  if (ranges.length === 0) return true;
  const list = new BlockList();
  for (const range of ranges) {
    const [base = '', bits = '32'] = range.split('/');
    list.addSubnet(base, Number(bits));
  }
  return list.check(address);
};

/** Whether the cluster knows people by Entra ID. */
export const isEntraCluster = ({ properties }: Resource): boolean => at(properties, 'aadProfile', 'managed') === true;
