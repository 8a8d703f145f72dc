/** What stands in for a value that no two runs have in common. */
const NOT_COMPARED = '(not compared)';

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|\+00:00)$/;

/** Properties that are not compared, and why. Instants are not either, wherever they stand: a crash costs modelled time. */
export const NOT_COMPARED_PROPERTIES: Readonly<Record<string, string>> = {
  created: 'when a secret was written, in seconds',
  updated: 'when a secret was written, in seconds',
  etag: 'made of an instant',
  keyData: 'the SSH public key, made by chance; that it is the pair of the private one is checked apart',
  'ssh-public-key-1': 'the same',
  'ssh-public-key-2': 'the same',
  'ssh-public-key-sha256': 'the same',
  secretUriWithVersion: "names the secret's version, made anew by every write",
};

/** JSON text that is equal for two states that are the same but for {@link NOT_COMPARED_PROPERTIES}. The order of properties does not count. */
export const canonical = (value: unknown): string =>
  JSON.stringify(value, (key, part: unknown) => {
    if (key in NOT_COMPARED_PROPERTIES) return NOT_COMPARED;
    if (typeof part === 'string') return INSTANT.test(part) ? NOT_COMPARED : part;
    if (typeof part !== 'object' || part === null || Array.isArray(part)) return part;
    return Object.fromEntries(Object.entries(part).toSorted(([a], [b]) => (a < b ? -1 : 1)));
  });
