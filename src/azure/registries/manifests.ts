/** The kinds of manifest that are asked for; a registry answers 404 for a kind that is not. Source: opencontainers/image-spec, distribution/distribution. */
export const MANIFEST_TYPES = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.docker.distribution.manifest.v2+json',
].join(', ');

/** `repository:tag` or `repository@digest`, taken apart. */
export const splitReference = (image: string): { readonly repository: string; readonly reference: string } => {
  const at = image.indexOf('@');
  const end = at < 0 ? image.lastIndexOf(':') : at;
  return { repository: image.slice(0, end), reference: image.slice(end + 1) };
};
