import type { Step } from '../service/status-schema.ts';

/** What a step does, in Terraform's wording: `Creating...`, `Still creating...`, `Creation complete after …`. */
interface Words {
  readonly doing: string;
  readonly deed: string;
}

const CREATE: Words = { doing: 'Creating', deed: 'Creation' };

const WORDS: Readonly<Record<string, Words>> = {
  'acr-pull': { doing: 'Granting', deed: 'Grant' },
  'network-access': { doing: 'Granting', deed: 'Grant' },
  'vault-access': { doing: 'Granting', deed: 'Grant' },
  'logs-access': { doing: 'Granting', deed: 'Grant' },
  secrets: { doing: 'Writing', deed: 'Write' },
  connect: { doing: 'Connecting', deed: 'Connection' },
  stop: { doing: 'Stopping', deed: 'Stop' },
  find: { doing: 'Reading', deed: 'Read' },
};

/** By what stands before the colon in a step's name. */
const WORDS_OF_KIND: Readonly<Record<string, Words>> = {
  image: { doing: 'Importing', deed: 'Import' },
  delete: { doing: 'Destroying', deed: 'Destruction' },
  purge: { doing: 'Purging', deed: 'Purge' },
};

/** The words for a step by its name. */
export const wordsOf = (name: string): Words => WORDS_OF_KIND[name.split(':')[0] ?? ''] ?? WORDS[name] ?? CREATE;

/** Steps whose deed is not seen in any resource. */
const MAKES_NOTHING: readonly string[] = ['connect', 'stop', 'find'];

/** What a step that succeeded did: an update is a modification, whatever the step usually does. */
export const completionOf = ({ name, change }: Step): string => {
  if (change === 'updated') return 'Modifications complete';
  if (change === 'unchanged' && !MAKES_NOTHING.includes(name)) return 'No changes';
  return `${wordsOf(name).deed} complete`;
};

/** A step's name as a person reads it: that of what it is about. */
export const labelOf = (name: string): string => name.replace(/^(delete|purge):/, '');
