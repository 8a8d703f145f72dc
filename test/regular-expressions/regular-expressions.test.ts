import { readFileSync } from 'node:fs';
import { check, type Parameters } from 'recheck';
import { globSync } from 'tinyglobby';
import { describe, expect, it } from 'vitest';
import { projectRoot } from '../../local/project.ts';
import { regularExpressionsIn } from '../support/regular-expressions.ts';

/** Files that make an expression of a text that only the person who runs or writes the app can give. */
const WRITTEN_BY_OPERATORS: Readonly<Record<string, string>> = {
  'local/azure-simulator/state/faults.ts': 'a test says which requests fail',
  'local/functions-host/http/route-constraints.ts': 'the author of an app writes {id:regex(…)}',
  'local/packaging/funcignore.ts': 'the author of an app writes .funcignore',
};

/** Deterministic: nothing is random but by the seed, and the time limits are far above what any pattern takes. */
const PARAMETERS: Parameters = { randomSeed: 0, timeout: 120_000 };

const files = globSync(['{src,cli,local,command-line}/**/*.{ts,js,mjs,cjs}', 'integrations/**/*.{ts,js}'], {
  cwd: projectRoot,
  ignore: ['**/node_modules/**', '**/dist/**', '**/generated/**', '**/*.d.ts'],
}).toSorted();

const found = files.flatMap((file) =>
  regularExpressionsIn(readFileSync(`${projectRoot}/${file}`, 'utf8')).map((expression) => ({ file, ...expression })),
);

/** What the checker thinks of a pattern: `safe`, or why not. */
const verdictOf = async (source: string, flags: string): Promise<string> => {
  const result = await check(source, flags, PARAMETERS);
  if (result.status === 'safe') return 'safe';
  if (result.status === 'vulnerable') return `${result.complexity.summary}: ${result.attack.pattern}`;
  return `unknown: ${JSON.stringify(result.error)}`;
};

describe('the expressions of src, cli and local', () => {
  it('are found', () => {
    const inFolder = (folder: string): number => found.filter(({ file }) => file.startsWith(`${folder}/`)).length;
    expect(inFolder('src')).toBeGreaterThan(100);
    expect(inFolder('local')).toBeGreaterThan(150);
    expect(inFolder('cli')).toBeGreaterThan(15);
  });

  it('are known before the code runs, but for those that operators write', () => {
    const unknown = found.filter(({ pattern }) => pattern === undefined).map(({ file }) => file);
    expect([...new Set(unknown)]).toEqual(Object.keys(WRITTEN_BY_OPERATORS));
  });

  it('take linear time', { timeout: 600_000 }, async () => {
    const patterns = new Map(
      found.flatMap(({ file, pattern }) =>
        pattern ? [[`/${pattern.source}/${pattern.flags}`, { file, ...pattern }] as const] : [],
      ),
    );
    const slow: string[] = [];
    for (const [written, { file, source, flags }] of patterns) {
      const verdict = await verdictOf(source, flags);
      if (verdict !== 'safe') slow.push(`${file} ${written} ${verdict}`);
    }
    expect(slow).toEqual([]);
  });
});

describe('the checker', () => {
  it.each([
    ['(a|a)*$', '', 'exponential'],
    ['\\/+$', '', '2nd degree polynomial'],
    ['\\b[A-Za-z0-9+/]{64,}={1,2}', 'g', 'polynomial'],
    ['(?<!x)\\s+and\\s+', '', 'polynomial'],
  ])('finds %s', async (source, flags, verdict) => {
    expect(await verdictOf(source, flags)).toContain(verdict);
  });
});

it.each([
  ['const a = /a+/g;', ['/a+/g']],
  ['z.string().regex(/^a$/)', ['/^a$/']],
  [`const part = 'a+'; const whole = \`^(\${part})$\`; new RegExp(whole, 'i')`, ['/^(a+)$/i']],
  ["RegExp('a/b')", ['/a\\/b/']],
  ['new globalThis.RegExp("a")', ['/a/']],
  ["text.match('a+')", ['/a+/']],
  [`const f = (x: string) => new RegExp(\`\${x}$\`)`, ['unknown']],
  ['const text = "/no+/"; // nor /this+/', []],
])('in %s the expressions are %j', (code, expressions) => {
  expect(
    regularExpressionsIn(code).map(({ pattern }) => (pattern ? `/${pattern.source}/${pattern.flags}` : 'unknown')),
  ).toEqual(expressions);
});
