import { parseSync } from 'vite';

/** A node of a syntax tree (ESTree with TypeScript), read by name: rules care for a few of its many shapes. */
export interface SyntaxNode {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [key: string]: unknown;
}

/** A node with its place in the tree. */
export interface Visit {
  readonly node: SyntaxNode;
  /** The nodes around it, the nearest last. */
  readonly ancestors: readonly SyntaxNode[];
  /** The property of its parent that holds it. */
  readonly key: string;
  /** Inside a type: it is gone before the code runs. */
  readonly inType: boolean;
}

export const isNode = (value: unknown): value is SyntaxNode =>
  typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string' && 'start' in value;

/** Nodes of TypeScript that hold an expression, which runs, beside a type, which does not. */
const EXPRESSIONS = ['TSAsExpression', 'TSSatisfiesExpression', 'TSNonNullExpression', 'TSTypeAssertion'];

/** Every node of a TypeScript source, outermost first. */
export const visitsOf = (source: string): Visit[] => {
  const { program, errors } = parseSync('source.ts', source, { lang: 'ts', sourceType: 'module' });
  const [error] = errors;
  if (error) throw new Error(error.message);
  return isNode(program) ? [...walk(program, [], '', false)] : [];
};

function* walk(node: SyntaxNode, ancestors: readonly SyntaxNode[], key: string, inType: boolean): Generator<Visit> {
  yield { node, ancestors, key, inType };
  const around = [...ancestors, node];
  for (const [name, value] of Object.entries(node)) {
    for (const child of Array.isArray(value) ? value : [value]) {
      if (isNode(child)) yield* walk(child, around, name, inType || isType(child));
    }
  }
}

const isType = ({ type }: SyntaxNode): boolean => type.startsWith('TS') && !EXPRESSIONS.includes(type);

/** The text of an identifier, a string literal or a template without expressions; undefined for any other node. */
export const textOf = (value: unknown): string | undefined => {
  if (!isNode(value)) return undefined;
  const { type, name, value: literal, quasis } = value;
  if ((type === 'Identifier' || type === 'PrivateIdentifier') && typeof name === 'string') return name;
  if (type === 'Literal' && typeof literal === 'string') return literal;
  if (type !== 'TemplateLiteral' || !Array.isArray(quasis) || quasis.length !== 1) return undefined;
  return cookedOf(quasis[0]);
};

/** The text of one part of a template. */
export const cookedOf = (quasi: unknown): string | undefined => {
  const value = isNode(quasi) ? quasi.value : undefined;
  return typeof value === 'object' && value !== null && 'cooked' in value && typeof value.cooked === 'string'
    ? value.cooked
    : undefined;
};

/** The nodes in a property that holds a list. */
export const listOf = (value: unknown): SyntaxNode[] => (Array.isArray(value) ? value.filter(isNode) : []);

/** Whether an identifier is read as a variable, and is not just the name of a property, an import or a type. */
export const isReference = ({ node, ancestors, key, inType }: Visit): boolean => {
  if (node.type !== 'Identifier' || inType) return false;
  const parent = ancestors.at(-1);
  switch (parent?.type) {
    case 'MemberExpression':
      return key === 'object' || parent.computed === true;
    case 'Property':
    case 'MethodDefinition':
    case 'PropertyDefinition':
      return key === 'value' || parent.computed === true;
    case 'ImportSpecifier':
    case 'ExportSpecifier':
      return false;
    default:
      return true;
  }
};
