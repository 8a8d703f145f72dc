/** 64 KiB, more than the service takes of anything that others write. */
export const TEXT_LENGTH = 64 * 1024;

const repeated = (part: string): string => part.repeat(Math.ceil(TEXT_LENGTH / part.length)).slice(0, TEXT_LENGTH);

/** What Azure and callers really write. */
export const PLAIN_TEXT = repeated(
  "The client '00000000-0000-4000-8000-000000000000' does not have authorization to perform action 'Microsoft.Authorization/roleAssignments/write' over scope '/subscriptions/x/resourceGroups/apache-airflow-rg'. ",
);

/** Texts that make a pattern begin again and again without ever finding what it looks for, by what they aim at. */
export const HOSTILE_TEXTS: Readonly<Record<string, string>> = {
  'private keys that never end': repeated('-----BEGIN PRIVATE KEY-----BEGIN '),
  'ends of private keys': `-----BEGIN PRIVATE KEY-----${repeated('-----END A ')}`.slice(0, TEXT_LENGTH),
  'first parts of tokens': repeated('eyJ-'),
  'tokens without an end': repeated('eyJa.b-eyJ'),
  'bearers without a token': repeated('bearer '),
  'bearers with blanks': repeated(`bearer${' '.repeat(64)}`),
  'one bearer, blanks to the end': `bearer${' '.repeat(TEXT_LENGTH)}`.slice(0, TEXT_LENGTH),
  'names of secrets': repeated('password'),
  'names of secrets with blanks': repeated(`accountkey${' '.repeat(32)}`),
  'parameters without a value': repeated('?sig=&code='),
  'base64 without an end': repeated('A'),
  'base64 in many words': repeated('a/+'),
  'base64 behind an underscore': `_${repeated('A')}`.slice(0, TEXT_LENGTH - 1).concat('='),
  'short base64 with an end': repeated(`${'a/'.repeat(30)}=`),
  slashes: repeated('/'),
  'control characters': repeated('\u001b[31m\u202e\u009b'),
  'quotation marks': repeated('"'),
};
