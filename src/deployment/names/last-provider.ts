const PROVIDERS = '/providers/';

/** The last provider that a path of Resource Manager names, and the segment behind it; empty texts for what is missing. */
export const lastProvider = (path: string): readonly [namespace: string, type: string] => {
  const at = path.toLowerCase().lastIndexOf(PROVIDERS);
  const [namespace = '', type = ''] = at < 0 ? [] : path.slice(at + PROVIDERS.length).split('/');
  return [namespace, type];
};
