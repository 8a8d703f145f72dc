import { apiVersionOf } from '../../azure/settings/api-versions.ts';
import { currentCloud } from '../../azure/settings/cloud.ts';
import { type Finding, finding } from '../../deployment/plan/finding.ts';
import type { ResourceProvider } from '../resource-providers.ts';

/** What speaks against the location and the versions of the API that the service asks for: both differ from cloud to cloud. */
export const offerFindings = (location: string, providers: readonly ResourceProvider[]): readonly Finding[] => [
  ...providers.flatMap(versionFinding),
  ...locationFinding(location, providers),
];

const versionFinding = ({ namespace, type, step, resource, found }: ResourceProvider): Finding[] => {
  const versions = typeIn(found, type)?.apiVersions ?? [];
  const wanted = apiVersionOf(resource);
  // A type that is not listed says nothing.
  if (versions.length === 0 || versions.includes(wanted)) return [];
  const newest =
    versions
      .filter((version) => !version.endsWith('preview'))
      .toSorted()
      .at(-1) ?? versions[0];
  const message = `${currentCloud().name} does not have ${namespace}/${type} in the version ${wanted} of the API; its newest is ${namespace}=${newest}.`;
  return [finding('api-version-not-offered', message, step)];
};

/** One finding for all types: a location that the cloud does not have would give five. */
const locationFinding = (location: string, providers: readonly ResourceProvider[]): Finding[] => {
  const [first, ...others] = providers.flatMap(({ namespace, type, step, found }) => {
    const locations = (typeIn(found, type)?.locations ?? []).map(normal);
    return locations.length === 0 || locations.includes(location)
      ? []
      : [{ name: `${namespace}/${type}`, step, locations }];
  });
  if (!first) return [];
  const missing = [first, ...others];
  const common = first.locations.filter((one) => others.every(({ locations }) => locations.includes(one)));
  const where = `in ${location}, but in: ${common.toSorted().join(', ')}.`;
  const cloud = currentCloud().name;
  if (missing.length === providers.length) {
    return [finding('location-unknown', `${cloud} does not offer any of the resources ${where}`)];
  }
  const names = missing.map(({ name }) => name).join(', ');
  return [finding('location-not-offered', `${cloud} does not offer ${names} ${where}`, first.step)];
};

const typeIn = ({ resourceTypes }: ResourceProvider['found'], type: string) =>
  resourceTypes?.find(({ resourceType }) => resourceType?.toLowerCase() === type.toLowerCase());

/** The providers list display names: `Canada Central`. */
const normal = (location: string): string => location.replaceAll(' ', '').toLowerCase();
