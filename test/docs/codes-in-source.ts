import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { cookedOf, isNode, listOf, type SyntaxNode, textOf, type Visit, visitsOf } from '../support/syntax-tree.ts';

const src = fileURLToPath(new URL('../../src/', import.meta.url));

const sources: readonly string[] = readdirSync(src, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.ts'))
  .map((path) => readFileSync(`${src}${path}`, 'utf8'));

/** A problem that the API answers with. */
export interface Problem {
  readonly slug: string;
  readonly title: string;
  readonly status: number;
}

/** Every problem that a source can answer with: the arguments of `new ProblemError(status, slug, title, …)`. */
export const problemsIn = (source: string): Problem[] => {
  const visits = visitsOf(source);
  return visits.flatMap(({ node }) => {
    if (node.type !== 'NewExpression' || textOf(node.callee) !== 'ProblemError') return [];
    const [status, slug, title] = listOf(node.arguments);
    if (typeof status?.value !== 'number') throw new Error('A ProblemError has a status that cannot be read.');
    const code = status.value;
    const pairs = slug?.type === 'Identifier' ? pairsIn(visits) : [[textOf(slug), textOf(title)] as const];
    return pairs.map(([slugText, titleText]) => {
      if (!slugText || !titleText) throw new Error('A ProblemError has a slug that cannot be read.');
      return { slug: slugText, title: titleText, status: code };
    });
  });
};

/** Pairs of slug and title in a table, such as `['deployment-failed', 'The deployment failed']`. */
const pairsIn = (visits: readonly Visit[]): (readonly [string, string])[] => {
  const pairs = visits.flatMap(({ node }) => {
    const [slug = '', title = '', ...others] = node.type === 'ArrayExpression' ? listOf(node.elements).map(textOf) : [];
    return /^[a-z]+(-[a-z]+)+$/.test(slug) && title.includes(' ') && others.length === 0
      ? [[slug, title] as const]
      : [];
  });
  if (pairs.length === 0) throw new Error('A ProblemError takes its slug from a table that is not found.');
  return pairs;
};

/** The codes that a source gives to errors of its own; one that is put together ends in `*`, e.g. `HttpStatus*`. */
export const ownCodesIn = (source: string): string[] => {
  const visits = visitsOf(source);
  return propertiesCalled('code', visits)
    .flatMap((value) => textsIn(value, visits))
    .filter((code) => /^[A-Z]\w+\*?$/.test(code));
};

/** What a source asks people to do about an error. */
export const remediesIn = (source: string): string[] => {
  const visits = visitsOf(source);
  const fallbacks = visits.flatMap(({ node }) =>
    node.type === 'VariableDeclarator' && /REMEDY$/.test(textOf(node.id) ?? '') ? [textOf(node.init) ?? ''] : [],
  );
  return [...fallbacks, ...propertiesCalled('remedy', visits).flatMap((value) => textsIn(value, visits))];
};

const propertiesCalled = (name: string, visits: readonly Visit[]): SyntaxNode[] =>
  visits.flatMap(({ node }) =>
    node.type === 'Property' && textOf(node.key) === name && isNode(node.value) ? [node.value] : [],
  );

/** The texts that an expression may come to, constants of the same source included. */
const textsIn = (value: SyntaxNode, visits: readonly Visit[]): string[] => {
  const inside = visits.filter(({ node }) => node.start >= value.start && node.end <= value.end);
  return inside.flatMap(({ node }) => {
    if (node.type === 'Identifier') return constantCalled(textOf(node), visits);
    if (node.type === 'TemplateLiteral' && listOf(node.expressions).length > 0) {
      return [`${cookedOf(listOf(node.quasis)[0]) ?? ''}*`];
    }
    const text = textOf(node);
    return text === undefined ? [] : [text];
  });
};

const constantCalled = (name: string | undefined, visits: readonly Visit[]): string[] =>
  visits.flatMap(({ node }) => {
    const text = node.type === 'VariableDeclarator' && textOf(node.id) === name ? textOf(node.init) : undefined;
    return text === undefined ? [] : [text];
  });

/** What the table of classify-failure.ts matches: codes and parts of codes, and `HTTP <status>`. */
export const classifiedCodesIn = (source: string): string[] => {
  const visits = visitsOf(source);
  const codes = propertiesCalled('code', visits).flatMap(({ regex }) =>
    typeof regex === 'object' && regex !== null && 'pattern' in regex ? [`${regex.pattern}`] : [],
  );
  const statuses = propertiesCalled('status', visits).flatMap(({ elements }) =>
    listOf(elements).map(({ value }) => `HTTP ${value}`),
  );
  return [...codes.flatMap((pattern) => pattern.replace(/[\^$()]/g, '').split('|')), ...statuses];
};

const everySource = <T>(find: (source: string) => T[]): T[] => sources.flatMap(find);

export const problems = (): Problem[] => everySource(problemsIn);

export const ownCodes = (): string[] => [...new Set(everySource(ownCodesIn))];

export const remedies = (): string[] => [...new Set(everySource(remediesIn))];

export const classifiedCodes = (): string[] => [
  ...new Set(classifiedCodesIn(readFileSync(`${src}azure/failures/classify-failure.ts`, 'utf8'))),
];
