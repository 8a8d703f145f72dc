import { cookedOf, isNode, listOf, type SyntaxNode, textOf, visitsOf } from './syntax-tree.ts';

/** A regular expression of a source file. */
export interface FoundExpression {
  /** As it stands in the file. */
  readonly written: string;
  /** Undefined when it is made of what is known only while the code runs. */
  readonly pattern: { readonly source: string; readonly flags: string } | undefined;
}

/** Methods of strings that make a regular expression of a text. */
const MAKE_EXPRESSIONS = ['match', 'matchAll', 'search'];

/**
 * Every regular expression of a TypeScript or JavaScript source: literals, `RegExp(…)` with and without `new`, and texts that `match`, `matchAll` or `search`
 * make one of. Texts that are put together from constants of the same file are followed.
 */
export const regularExpressionsIn = (code: string): FoundExpression[] => {
  const visits = visitsOf(code);
  const constants = new Map<string, unknown>();
  for (const { node } of visits) {
    if (node.type === 'VariableDeclarator' && isNode(node.id) && node.init)
      constants.set(textOf(node.id) ?? '', node.init);
  }
  return visits.flatMap(({ node }): FoundExpression[] => {
    const written = code.slice(node.start, node.end);
    const literal = literalOf(node);
    if (literal) return [{ written, pattern: literal }];
    const made = madeFrom(node);
    if (!made) return [];
    const source = foldText(made.source, constants);
    const flags = made.flags === undefined ? '' : foldText(made.flags, constants);
    if (source === undefined || flags === undefined) return [{ written, pattern: undefined }];
    // As the engine writes it: a slash is escaped.
    return [{ written, pattern: { source: new RegExp(source, flags).source, flags } }];
  });
};

const literalOf = ({ type, regex }: SyntaxNode): FoundExpression['pattern'] =>
  type === 'Literal' &&
  typeof regex === 'object' &&
  regex !== null &&
  'pattern' in regex &&
  typeof regex.pattern === 'string' &&
  'flags' in regex &&
  typeof regex.flags === 'string'
    ? { source: regex.pattern, flags: regex.flags }
    : undefined;

const madeFrom = ({ type, callee, arguments: args }: SyntaxNode): { source: unknown; flags: unknown } | undefined => {
  if ((type !== 'NewExpression' && type !== 'CallExpression') || !isNode(callee)) return undefined;
  const [source, flags] = listOf(args);
  const isLiteral = source !== undefined && literalOf(source) !== undefined;
  if (textOf(callee) === 'RegExp' || textOf(callee.property) === 'RegExp')
    return isLiteral ? undefined : { source, flags };
  const makes = callee.type === 'MemberExpression' && MAKE_EXPRESSIONS.includes(textOf(callee.property) ?? '');
  const isText = source?.type === 'TemplateLiteral' || (source?.type === 'Literal' && typeof source.value === 'string');
  return makes && isText ? { source, flags: undefined } : undefined;
};

/** The text that an expression is, as far as literals and constants say. */
const foldText = (node: unknown, constants: ReadonlyMap<string, unknown>): string | undefined => {
  if (!isNode(node)) return undefined;
  if (node.type === 'Literal') return typeof node.value === 'string' ? node.value : undefined;
  if (node.type === 'Identifier') return foldText(constants.get(textOf(node) ?? ''), constants);
  if (node.type !== 'TemplateLiteral') return undefined;
  const values = listOf(node.expressions).map((expression) => foldText(expression, constants));
  const texts = listOf(node.quasis).map(cookedOf);
  if (values.includes(undefined) || texts.includes(undefined)) return undefined;
  return texts.map((text, index) => `${text}${values[index] ?? ''}`).join('');
};
