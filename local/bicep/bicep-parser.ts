import { createRequire } from 'node:module';
import { Language, type Node, Parser } from 'web-tree-sitter';

/** A node of a parsed file, copied out of the parser's memory. */
export interface BicepNode {
  readonly type: string;
  readonly text: string;
  /** From 1. */
  readonly line: number;
  /** False for punctuation and keywords. */
  readonly isNamed: boolean;
  /** The grammar could not read this, or something is missing here. */
  readonly fault: 'unexpected' | 'missing' | undefined;
  readonly children: readonly BicepNode[];
  /** The children that the grammar calls by a name, as `condition` of a ternary expression. */
  readonly fields: Readonly<Record<string, BicepNode>>;
}

export type ParseBicep = (text: string) => BicepNode;

/**
 * The grammar of tree-sitter-bicep 1.1.0, run as WebAssembly. It knows less than the compiler: `import`, `resourceInput<…>` and spreads (`...x`) are
 * syntax errors to it, so our files go without them.
 */
export const loadBicepParser = async (): Promise<ParseBicep> => {
  await Parser.init();
  const grammar = createRequire(import.meta.url).resolve('tree-sitter-bicep/tree-sitter-bicep.wasm');
  const parser = new Parser();
  parser.setLanguage(await Language.load(grammar));
  return (text) => {
    const tree = parser.parse(text);
    if (tree === null) throw new Error('The parser was stopped before the end of the file.');
    try {
      return copyOf(tree.rootNode, text);
    } finally {
      tree.delete();
    }
  };
};

const copyOf = (node: Node, text: string): BicepNode => {
  const fields: Record<string, BicepNode> = {};
  const children = node.children.map((child, index) => {
    const copy = copyOf(child, text);
    const field = node.fieldNameForChild(index);
    if (field !== null) fields[field] ??= copy;
    return copy;
  });
  return {
    type: node.type,
    text: text.slice(node.startIndex, node.endIndex),
    line: node.startPosition.row + 1,
    isNamed: node.isNamed,
    fault: node.isMissing ? 'missing' : node.isError ? 'unexpected' : undefined,
    children,
    fields,
  };
};
