/** Supported in August 2026 (learn.microsoft.com, supported Kubernetes versions): minor versions and their newest patches. Patches unverified. */
const VERSIONS: Record<string, string> = { '1.34': '1.34.4', '1.35': '1.35.3', '1.36': '1.36.1', '1.37': '1.37.0' };

const DEFAULT_MINOR = '1.34';

/** The full version for a request's `1.34`, `1.34.4` or nothing; undefined when it is not supported. */
export const resolveVersion = (wanted: string | undefined): string | undefined => {
  if (!wanted) return VERSIONS[DEFAULT_MINOR];
  const newest = VERSIONS[wanted.split('.').slice(0, 2).join('.')];
  if (!newest || wanted.split('.').length === 2) return newest;
  return Number(wanted.split('.')[2]) <= Number(newest.split('.')[2]) ? wanted : undefined;
};

/** Whether a version is older than another. */
export const isOlder = (one: string, other: string): boolean => one.localeCompare(other, 'en', { numeric: true }) < 0;

export const supportedVersions = (): string[] => Object.values(VERSIONS);
