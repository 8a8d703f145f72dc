/**
 * Reads a .funcignore as Core Tools does, which is not as git does (azure-functions-core-tools `GitIgnoreParser.cs`): every rule holds from the
 * root and for all that begins with it up to the end of a word, `*` stands for one character at least, and `!` wins wherever it stands.
 *
 * @param text - the file's content.
 * @returns whether a file is deployed; its path is relative to the root, with slashes.
 */
export const parseFuncignore = (text: string): ((path: string) => boolean) => {
  const rules = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
  const ignored = anyOf(rules.filter((rule) => !rule.startsWith('!')));
  const kept = anyOf(rules.filter((rule) => rule.startsWith('!')).map((rule) => rule.slice(1)));
  return (path) => kept.test(path) || !ignored.test(path);
};

const anyOf = (rules: readonly string[]): RegExp =>
  rules.length === 0 ? NOTHING : new RegExp(`^((${rules.map(expression).join(')|(')}))\\b`);

const NOTHING = /$^/;

const expression = (rule: string): string =>
  rule
    .replace(/^\//, '')
    .replaceAll(/[-[\]/{}()+?.\\^$|]/g, '\\$&')
    .replaceAll('**', '(.+)')
    .replaceAll('*', '([^\\/]+)');
