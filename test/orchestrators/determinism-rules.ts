import { isNode, isReference, listOf, type SyntaxNode, textOf, type Visit, visitsOf } from '../support/syntax-tree.ts';

/** Something that an orchestrator may not do, and where. */
export interface Violation {
  readonly line: number;
  readonly what: string;
}

export interface RuleOptions {
  /** What may be imported, by its whole name or by how it begins. */
  readonly imports: readonly AllowedImport[];
  /** Whether this is the one file that may wait for the cancel event beside a timer. */
  readonly mayRace?: boolean;
  /** Whether this is the one file that may wait for several tasks. */
  readonly mayWaitForAll?: boolean;
}

export interface AllowedImport {
  /** A module's name, or the beginning of a relative path, such as `./`. */
  readonly from: string;
  /** The only names that may be imported; `types` allows no name that exists when the code runs. */
  readonly names?: readonly string[] | 'types';
}

/** Clocks, randomness, the environment, I/O and work of its own: another value at every replay, or no end at all. */
const FORBIDDEN_GLOBALS = new Set(
  'performance process globalThis global crypto fetch XMLHttpRequest WebSocket EventSource setTimeout setInterval setImmediate queueMicrotask Promise console require eval Function Intl WeakRef FinalizationRegistry Atomics SharedArrayBuffer navigator'.split(
    ' ',
  ),
);

/** Names that are traps wherever they stand: see the rules of ARCHITECTURE.md. */
const FORBIDDEN_NAMES: Readonly<Record<string, string>> = {
  callActivityWithRetry: 'callActivityWithRetry repeats permanent errors and ignores Retry-After',
  callSubOrchestratorWithRetry: 'callSubOrchestratorWithRetry repeats permanent errors and ignores Retry-After',
  RetryOptions: 'RetryOptions repeats permanent errors and ignores Retry-After',
  retryTimeoutInMilliseconds: 'retryTimeoutInMilliseconds leaves the instance waiting for ever when it expires',
  Timestamp: 'a property called Timestamp becomes a Date in an input',
};

/** What one file alone may do, because a race needs its care: one event task, and a timer that is cancelled when it lost. */
const RACE_METHODS = ['waitForExternalEvent', 'createTimer'];

/** Pure functions of `Date`, besides `new Date(value)`. */
const PURE_DATE_METHODS = ['parse', 'UTC'];

/** Methods whose result depends on the machine's language or time zone. */
const LOCAL_METHOD =
  /^(toLocale\w*|localeCompare|getTimezoneOffset|get(FullYear|Month|Date|Day|Hours|Minutes|Seconds))$/;

/** What a source does that an orchestrator, or what it is built from, may not. */
export const violationsIn = (source: string, options: RuleOptions): Violation[] =>
  visitsOf(source).flatMap((visit) => {
    const found = [
      ...globals(visit),
      ...dates(visit),
      ...asynchrony(visit),
      ...traps(visit, options),
      ...throws(visit),
      ...imports(visit, options),
    ];
    const line = source.slice(0, visit.node.start).split('\n').length;
    return found.map((what) => ({ line, what }));
  });

const globals = (visit: Visit): string[] => {
  const { node, ancestors } = visit;
  const name = textOf(node);
  if (node.type === 'MetaProperty' && textOf(node.meta) === 'import') return ['import.meta'];
  if (name === undefined || !isReference(visit)) return [];
  if (FORBIDDEN_GLOBALS.has(name)) return [name];
  if (name !== 'Math') return [];
  const property = memberOf(ancestors.at(-1), node);
  return property === undefined || property === 'random' ? ['Math.random'] : [];
};

const dates = (visit: Visit): string[] => {
  const { node, ancestors, key } = visit;
  if (node.type === 'MemberExpression' && LOCAL_METHOD.test(textOf(node.property) ?? '')) {
    return [`${textOf(node.property)}: depends on the machine's language or time zone`];
  }
  if (textOf(node) !== 'Date' || !isReference(visit)) return [];
  const parent = ancestors.at(-1);
  if (parent?.type === 'NewExpression' && key === 'callee') {
    const [first] = listOf(parent.arguments);
    return first && first.type !== 'SpreadElement' ? [] : ['new Date() without a value'];
  }
  if (parent?.type === 'BinaryExpression' && parent.operator === 'instanceof') return [];
  const property = memberOf(parent, node);
  return property !== undefined && PURE_DATE_METHODS.includes(property) ? [] : [`Date.${property ?? '?'}`];
};

/** The name of the property that is read of `object`; undefined when the source does not say. */
const memberOf = (parent: SyntaxNode | undefined, object: SyntaxNode): string | undefined =>
  parent?.type === 'MemberExpression' && parent.object === object && parent.computed !== true
    ? textOf(parent.property)
    : undefined;

const asynchrony = ({ node }: Visit): string[] => {
  if (node.type === 'AwaitExpression' || (node.type === 'ForOfStatement' && node.await === true)) return ['await'];
  return node.async === true && /Function|Arrow/.test(node.type) ? ['async'] : [];
};

const traps = (visit: Visit, options: RuleOptions): string[] => {
  const { node, ancestors, key } = visit;
  const text = textOf(node);
  const forbidden = text !== undefined && Object.hasOwn(FORBIDDEN_NAMES, text) ? FORBIDDEN_NAMES[text] : undefined;
  if (forbidden !== undefined) return [forbidden];
  const isOfTask =
    (isNameOfMember(visit) && /Task$/.test(sourceNameOf(ancestors.at(-1)))) ||
    (key === 'key' && ancestors.at(-2)?.type === 'ObjectPattern');
  if (!options.mayRace && text === 'any' && isOfTask) return ['Task.any: only cancellation.ts knows how to race'];
  if (!options.mayWaitForAll && text === 'all' && isOfTask) {
    return ['Task.all: only settle-all.ts knows what it does when a task fails'];
  }
  if (!options.mayRace && text !== undefined && RACE_METHODS.includes(text) && node.type === 'Identifier') {
    return [`${text}: only cancellation.ts knows how to race`];
  }
  return node.type === 'CallExpression' ? calls(node) : [];
};

const calls = (call: SyntaxNode): string[] => {
  const [first, ...others] = listOf(call.arguments);
  const method = isNode(call.callee) ? textOf(call.callee.property) : undefined;
  if (method === 'callSubOrchestrator' && others.length < 3) {
    return ['callSubOrchestrator without an instance id and a version'];
  }
  if (method === 'callActivity' && textOf(first) !== undefined && first?.type !== 'Identifier') {
    return ['callActivity with a name of its own: activities are named by their contract'];
  }
  const empty = first?.type === 'ArrayExpression' && listOf(first.elements).length === 0;
  return (method === 'all' || method === 'any') && empty ? [`Task.${method}([]) throws`] : [];
};

const isNameOfMember = ({ ancestors, key }: Visit): boolean =>
  ancestors.at(-1)?.type === 'MemberExpression' && key === 'property';

/** The last name before the dot: `Task` of `context.df.Task.any` and of `Task.any`. */
const sourceNameOf = (member: SyntaxNode | undefined): string => {
  const object = member?.object;
  return (isNode(object) ? (textOf(object) ?? textOf(object.property)) : undefined) ?? '';
};

/** What is thrown must be an `Error` with a message, or the instance stays Running for ever. */
const throws = ({ node }: Visit): string[] => {
  if (node.type !== 'ThrowStatement') return [];
  const thrown = isNode(node.argument) ? node.argument : undefined;
  if (thrown?.type !== 'NewExpression' || !/Error$/.test(textOf(thrown.callee) ?? '')) {
    return ['throws something that may not be an Error'];
  }
  const [message] = listOf(thrown.arguments);
  return message === undefined || textOf(message)?.trim() === '' ? ['throws an Error without a message'] : [];
};

const IMPORTS = ['ImportDeclaration', 'ExportNamedDeclaration', 'ExportAllDeclaration'];

const imports = ({ node }: Visit, options: RuleOptions): string[] => {
  if (node.type === 'ImportExpression' || node.type === 'TSImportEqualsDeclaration') return ['import()'];
  const from = IMPORTS.includes(node.type) ? textOf(node.source) : undefined;
  if (from === undefined) return [];
  const allowed = options.imports.find((entry) =>
    entry.from.endsWith('/')
      ? from.startsWith(entry.from) && !from.slice(entry.from.length).includes('..')
      : from === entry.from,
  );
  if (!allowed) return [`import of ${from}`];
  const { names } = allowed;
  if (names === undefined) return [];
  return importedNames(node).flatMap((name) =>
    names !== 'types' && names.includes(name) ? [] : [`import of ${name} from ${from}`],
  );
};

/** The names that exist when the code runs; `*` stands for all of a module's. */
const importedNames = (node: SyntaxNode): string[] => {
  if (node.importKind === 'type' || node.exportKind === 'type') return [];
  if (node.type === 'ExportAllDeclaration') return ['*'];
  const specifiers = listOf(node.specifiers);
  if (specifiers.length === 0) return ['*'];
  return specifiers
    .filter(({ importKind, exportKind }) => importKind !== 'type' && exportKind !== 'type')
    .map(({ imported, local, type }) =>
      type === 'ImportSpecifier'
        ? (textOf(imported) ?? '*')
        : type === 'ExportSpecifier'
          ? (textOf(local) ?? '*')
          : '*',
    );
};

/** The relative paths of the modules whose code runs with a source. */
export const importedModules = (source: string): string[] =>
  visitsOf(source).flatMap(({ node }) => {
    const from = IMPORTS.includes(node.type) ? textOf(node.source) : undefined;
    return from?.startsWith('.') && importedNames(node).length > 0 ? [from] : [];
  });
