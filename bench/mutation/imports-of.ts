import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseSync } from 'vite';

/** Returns what a source file imports when it runs: relative imports as paths below the root, all others as written. */
const readImports = (root: string, file: string): string[] => {
  const { module } = parseSync(file, readFileSync(join(root, file), 'utf8'), { lang: 'ts', sourceType: 'module' });
  const source = (start: number, end: number): string => readFileSync(join(root, file), 'utf8').slice(start, end);
  const specifiers = [
    ...module.staticImports
      .filter(({ entries }) => entries.length === 0 || entries.some(({ isType }) => !isType))
      .map(({ moduleRequest }) => moduleRequest.value),
    ...module.staticExports.flatMap(({ entries }) =>
      entries.flatMap(({ moduleRequest, isType }) => (moduleRequest && !isType ? [moduleRequest.value] : [])),
    ),
    // `import('./x.ts')`: the text without its quotes. What is computed cannot be followed.
    ...module.dynamicImports.flatMap(({ moduleRequest: { start, end } }) => {
      const [, literal] = /^'([^']+)'$/.exec(source(start, end)) ?? [];
      return literal === undefined ? [] : [literal];
    }),
  ];
  return specifiers.map((specifier) => (specifier.startsWith('.') ? join(dirname(file), specifier) : specifier));
};

/** Follows imports of TypeScript files through the project. Reads each file once. */
export class ImportGraph {
  readonly #root: string;
  readonly #imports = new Map<string, readonly string[]>();

  constructor(root: string) {
    this.#root = root;
  }

  /**
   * Returns everything that a file imports, directly or through others, each with the file that imports it.
   * Type-only imports do not count: they are gone before the code runs.
   */
  reachedFrom(file: string): ReadonlyMap<string, string> {
    const reached = new Map<string, string>();
    const open = [file];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      for (const imported of this.#importsOf(next)) {
        if (reached.has(imported)) continue;
        reached.set(imported, next);
        open.push(imported);
      }
    }
    return reached;
  }

  #importsOf(file: string): readonly string[] {
    const known = this.#imports.get(file);
    if (known) return known;
    const imports = file.endsWith('.ts') && existsSync(join(this.#root, file)) ? readImports(this.#root, file) : [];
    this.#imports.set(file, imports);
    return imports;
  }
}
