import { apiVersionsOf } from '../arm/api-versions.ts';
import type { ErrorDeclaration, OperationDeclaration, ServiceDeclaration, Shape } from '../http/service-declaration.ts';
import { bullets, code, table } from './markdown.ts';

/** What the page says of each shape; its introduction shows them. The standard one goes without saying. */
const SHAPES: Readonly<Record<Shape, string>> = {
  standard: '',
  flat: 'Its own errors have the flat shape.',
  kubernetes: 'Errors are Kubernetes Status objects.',
  oauth: 'Errors are those of OAuth 2.0.',
  registry: 'Errors are a list, as the distribution specification has it.',
  status: 'Errors have a status and no code: the table names the status.',
  xml: 'Errors are XML.',
};

const PROTOCOLS: Readonly<Record<NonNullable<OperationDeclaration['longRunning']>, string>> = {
  'azure-asyncoperation': 'Azure-AsyncOperation',
  location: 'Location',
  provisioningState: 'provisioningState',
};

/** One provider or plane: what it does, how it refuses, where it differs. */
export const serviceSection = (service: ServiceDeclaration): string =>
  [
    `## ${service.title}`,
    [service.namespace && `${code(service.namespace)}.`, service.about, SHAPES[service.shape]]
      .filter(Boolean)
      .join(' '),
    ...(service.operations.length > 0 ? [operations(service)] : []),
    ...(Object.keys(service.errors).length > 0 ? [errors(service.errors)] : []),
    ...versions(service),
    `Known to differ from Azure:\n\n${bullets(service.differences)}`,
  ].join('\n\n');

const operations = (service: ServiceDeclaration): string =>
  table(
    ['operation', 'does', 'long-running', 'refuses with'],
    service.operations.map(({ route, does, longRunning, refuses = [] }) => [
      code(shortRoute(route, service.namespace)),
      does,
      longRunning === undefined ? '' : PROTOCOLS[longRunning],
      refuses.map(code).join(', '),
    ]),
  );

/**
 * A route without what all of a provider share: `PUT …/vaults/{vault}` is in a resource group, `GET /subscriptions/…/vaults` is not.
 *
 * @param namespace - of the provider whose route it is.
 */
const shortRoute = (route: string, namespace = ''): string =>
  route
    .replace(/\{subscription\w*\}/i, '…')
    .replace(`/subscriptions/…/resourceGroups/{group}/providers/${namespace}`, '…')
    .replace(`/subscriptions/…/providers/${namespace}`, '/subscriptions/…');

const errors = (declared: ServiceDeclaration['errors']): string =>
  table(
    ['status', 'code', 'answered to', 'seen in Azure'],
    Object.entries(declared)
      .toSorted(([, one], [, other]) => one.status - other.status)
      .map(([name, { status, to, seen }]) => [String(status), code(name), to, evidence(seen)]),
  );

const evidence = (seen: ErrorDeclaration['seen']): string => {
  if (seen === undefined) return 'unverified';
  const [, repository, number] = /^([\w.-]+\/[\w.-]+)#(\d+)$/.exec(seen) ?? [];
  if (repository === undefined) return `[source](${seen})`;
  return `[${seen}](https://github.com/${repository}/issues/${number})`;
};

const versions = (service: ServiceDeclaration): string[] => {
  const known = versionsOf(service);
  return known.length === 0 ? [] : [`Api-versions: ${known.join(', ')}.`];
};

/** Oldest first. */
export const versionsOf = ({ namespace, apiVersions = [] }: ServiceDeclaration): readonly string[] =>
  namespace === undefined ? apiVersions : (apiVersionsOf(namespace) ?? []);
