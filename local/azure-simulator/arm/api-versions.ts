import { HttpError } from '../http/http-error.ts';

/**
 * The api-versions that each resource type answers to: the ones that the current JavaScript SDKs and the Azure CLI pin, and some neighbours.
 * Children share their parent's. Real lists are longer.
 */
const VERSIONS: Record<string, string> = {
  'microsoft.resources':
    '2015-11-01 2016-02-01 2016-06-01 2016-09-01 2017-05-10 2018-05-01 2019-05-01 2019-10-01 2020-01-01 2020-06-01 2020-10-01 2021-01-01 2021-04-01 2022-01-01 2022-09-01 2022-12-01 2023-07-01 2024-03-01 2024-07-01 2024-11-01 2025-03-01 2025-04-01',
  'microsoft.managedidentity':
    '2018-11-30 2022-01-31-preview 2023-01-31 2023-07-31-preview 2024-11-30 2025-01-31-preview 2025-05-31-preview',
  'microsoft.keyvault':
    '2018-02-14 2019-09-01 2021-10-01 2022-07-01 2022-11-01 2023-02-01 2023-07-01 2024-04-01-preview 2024-11-01 2024-12-01-preview 2025-05-01 2026-02-01',
  'microsoft.containerregistry':
    '2019-05-01 2021-09-01 2022-02-01-preview 2022-12-01 2023-07-01 2023-11-01-preview 2024-11-01-preview 2025-03-01-preview 2025-04-01 2025-05-01-preview 2025-11-01 2026-09-01-preview',
  'microsoft.storage':
    '2019-06-01 2021-09-01 2022-09-01 2023-01-01 2023-05-01 2024-01-01 2025-01-01 2025-06-01 2025-08-01 2026-04-01 2026-09-01',
  'microsoft.containerservice':
    '2022-11-01 2023-11-01 2024-02-01 2024-09-01 2025-01-01 2025-03-01 2025-05-01 2025-07-01 2025-08-01 2025-10-01 2026-01-01 2026-02-01 2026-03-01 2026-04-01 2026-05-01 2026-06-01',
  'microsoft.compute':
    '2019-04-01 2020-12-01 2021-07-01 2022-08-01 2023-03-01 2023-09-01 2024-03-01 2024-07-01 2024-11-01 2025-04-01',
  'microsoft.network': '2022-07-01 2023-09-01 2023-11-01 2024-01-01 2024-03-01 2024-05-01 2024-07-01 2025-01-01',
  'microsoft.policyinsights': '2020-07-01 2022-03-01 2023-03-01 2024-10-01',
  'microsoft.authorization':
    '2015-07-01 2016-09-01 2017-04-01 2018-01-01-preview 2018-07-01 2020-04-01-preview 2020-05-01 2020-10-01 2022-04-01 2022-05-01-preview',
};

/** Where versions come later than elsewhere: the newest one, by namespace. */
export type NewestVersions = Readonly<Record<string, string>>;

/** The api-versions of a namespace; undefined when the namespace is unknown. */
export const apiVersionsOf = (namespace: string, newest: NewestVersions = {}): string[] | undefined => {
  const versions = VERSIONS[namespace.toLowerCase()]?.split(' ');
  const last = newest[namespace];
  return last === undefined ? versions : versions?.filter((version) => version.slice(0, last.length) <= last);
};

/** Where a request goes, as far as the refusal of its version says it. */
export interface VersionedPlace {
  readonly newest: NewestVersions;
  readonly location: string;
  readonly regions: readonly string[];
}

/**
 * @param place - where the text names it: the location of the resource, and those of the cloud (Azure/azure-cli issues 12894, 21492).
 * @throws HttpError 400 when the version is missing or not one of the type's.
 */
export const checkApiVersion = (type: string, version: string | null, place?: VersionedPlace): void => {
  if (!version) {
    throw new HttpError(
      400,
      'MissingApiVersionParameter',
      'The api-version query parameter (?api-version=) is required for all requests.',
      { shape: 'standard' },
    );
  }
  const [namespace = '', ...rest] = type.split('/');
  const known = apiVersionsOf(namespace, place?.newest) ?? [];
  if (known.includes(version)) return;
  const malformed = !/^\d{4}-\d\d-\d\d(-[a-z]+(\.\d+)?)?$/i.test(version);
  if (malformed || namespace === 'Microsoft.Resources') {
    throw new HttpError(
      400,
      'InvalidApiVersionParameter',
      `The api-version '${version}' is invalid. The supported versions are '${known.toReversed().join(',')}'.`,
      { shape: 'standard' },
    );
  }
  throw new HttpError(
    400,
    'NoRegisteredProviderFound',
    `No registered resource provider found for location '${place?.location ?? 'global'}' and API version '${version}' for type '${rest.join('/')}'. The supported api-versions are '${known.join(', ')}'.${place ? ` The supported locations are '${place.regions.join(', ')}'.` : ''}`,
    { shape: 'standard' },
  );
};
