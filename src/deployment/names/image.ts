/** One image to import: where it comes from and what it is called in the registry. */
export interface Image {
  /** `registry/repository:tag` or `registry/repository@sha256:…`, e.g. `docker.io/apache/airflow:2.9.3`. */
  readonly source: string;
  /** `repository:tag` in our registry. */
  readonly image: string;
}

/** The images of the tutorial, in its order and edition (airflow 2.9.3 and its companions). */
export const tutorialImages: readonly Image[] = [
  {
    source: 'docker.io/apache/airflow:airflow-pgbouncer-2024.01.19-1.21.0',
    image: 'airflow:airflow-pgbouncer-2024.01.19-1.21.0',
  },
  {
    source: 'docker.io/apache/airflow:airflow-pgbouncer-exporter-2024.06.18-0.17.0',
    image: 'airflow:airflow-pgbouncer-exporter-2024.06.18-0.17.0',
  },
  { source: 'docker.io/bitnami/postgresql:16.1.0-debian-11-r15', image: 'postgresql:16.1.0-debian-11-r15' },
  { source: 'quay.io/prometheus/statsd-exporter:v0.26.1', image: 'statsd-exporter:v0.26.1' },
  { source: 'docker.io/apache/airflow:2.9.3', image: 'airflow:2.9.3' },
  { source: 'registry.k8s.io/git-sync/git-sync:v4.1.0', image: 'git-sync:v4.1.0' },
];

/**
 * Where images went that are gone from their first home.
 * Source: https://github.com/bitnami/charts/issues/35164 (Bitnami's catalogue left docker.io/bitnami for bitnamilegacy in 2025).
 */
const movedRepositories: readonly { readonly from: string; readonly to: string }[] = [
  { from: 'docker.io/bitnami/', to: 'docker.io/bitnamilegacy/' },
];

/** The new place of an image whose repository is known to have moved; undefined when it is not. */
export const movedSource = (source: string): string | undefined => {
  const move = movedRepositories.find(({ from }) => source.startsWith(from));
  return move && `${move.to}${source.slice(move.from.length)}`;
};

/** Splits a source as `az acr import` does: all before the first slash is the registry. */
export const splitSource = (source: string): { readonly registryUri: string; readonly sourceImage: string } => {
  const slash = source.indexOf('/');
  return { registryUri: source.slice(0, slash), sourceImage: source.slice(slash + 1) };
};

/** The public registries that are asked what they hold. No others: a request may name any host, and one inside the service's own network must not be reached by it. */
export const askedRegistries = ['docker.io', 'quay.io', 'registry.k8s.io', 'mcr.microsoft.com', 'ghcr.io'] as const;

/** Whether the registry of a source is one of those that are asked. */
export const isAsked = (source: string): boolean =>
  askedRegistries.some((registry) => source.startsWith(`${registry}/`));

/** The digest that a source names; undefined for one that names a tag. */
export const digestOf = (source: string): string | undefined => /@(sha256:[0-9a-f]{64})$/.exec(source)?.[1];

/** The source with its digest in the place of its tag. */
export const atDigest = (source: string, digest: string): string =>
  `${source.replace(/(?:@sha256:[0-9a-f]+|:[^/:@]+)$/, '')}@${digest}`;

const REPOSITORY = '[a-z0-9]+(?:[._-]+[a-z0-9]+)*(?:/[a-z0-9]+(?:[._-]+[a-z0-9]+)*)*';
const TAG = '[A-Za-z0-9_][A-Za-z0-9._-]{0,127}';
const REGISTRY_HOST = '[a-zA-Z0-9-]+(?:\\.[a-zA-Z0-9-]+)+';

/** `repository:tag`, as Azure Container Registry names images. */
export const imagePattern = new RegExp(`^${REPOSITORY}:${TAG}$`);

/** `registry/repository:tag` or `registry/repository@sha256:<64 hex digits>`. */
export const sourcePattern = new RegExp(`^${REGISTRY_HOST}/${REPOSITORY}(?::${TAG}|@sha256:[0-9a-f]{64})$`);
