import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { connectionErrorsPage } from '../../bench/docs/connection-errors-page.ts';
import { connectionErrors } from '../../src/azure/failures/connection-errors.ts';
import {
  classifiedCodes,
  classifiedCodesIn,
  ownCodes,
  ownCodesIn,
  problems,
  problemsIn,
  remedies,
  remediesIn,
} from './codes-in-source.ts';

const directory = fileURLToPath(new URL('../../docs/errors/', import.meta.url));

const page = (name: string): string => readFileSync(`${directory}${name}.md`, 'utf8');

const pages = readdirSync(directory).map((file) => file.replace(/\.md$/, ''));

/** The pages that are not about one problem. */
const COLLECTIONS = ['README', 'azure-codes', 'connection-errors', 'service-codes'];

const headings = (text: string): string[] => [...text.matchAll(/^## (.*)$/gm)].map(([, heading = '']) => heading);

/** The part of a page under a heading. */
const sections = (text: string): string[] => text.split(/^## /m).slice(1);

const oneLine = (text: string): string => text.replace(/\s+/g, ' ');

const unique = (values: readonly string[]): string[] => [...new Set(values)].toSorted();

describe('a problem and its page', () => {
  const slugs = unique(problems().map(({ slug }) => slug));

  it('every problem that the code can answer with has a page, and every page its problem', () => {
    expect(slugs.length).toBeGreaterThan(10);
    expect(pages.filter((name) => !COLLECTIONS.includes(name)).toSorted()).toEqual(slugs);
  });

  it.each(problems())('$slug ($title)', ({ slug, title, status }) => {
    const text = page(slug);
    const type = `urn:airflow-on-aks:problem:${slug}`;
    expect(text.split('\n').slice(0, 3)).toEqual([`# ${title}`, '', `HTTP ${status} · \`${type}\``]);
    expect(headings(text)).toEqual(['Message', 'Why this happens', 'What to do', 'Example']);
    const [, answer = ''] = /```\n\$ [^\n]*\n(.*?)\n```/s.exec(text) ?? [];
    expect(JSON.parse(answer)).toMatchObject({ type, title, status, detail: expect.stringMatching(/./) });
  });

  it('the index lists every page, with its status', () => {
    const rows = [...page('README').matchAll(/^\| \[([\w-]+)\]\(([\w-]+)\.md\) \| (\d+) \|/gm)];
    const listed = rows.map(([, name, file, status]) => `${name} ${file} ${status}`);
    expect(listed).toEqual(unique(problems().map(({ slug, status }) => `${slug} ${slug} ${status}`)));
  });
});

/** `HttpStatusNNN` is how a page writes `HttpStatus*`. */
const isCode = (code: string, written: string): boolean =>
  code.endsWith('*') ? written.startsWith(code.slice(0, -1)) : written === code;

describe('a code and its section', () => {
  const own = ownCodes();
  const classified = classifiedCodes();
  const documented = headings(page('service-codes'));
  const azureCodes = unique(
    [...page('azure-codes').matchAll(/^Codes: (.*)$/gm)].flatMap(([, codes = '']) =>
      [...codes.matchAll(/`…?([\w ]+)…?`/g)].map(([, code = '']) => code),
    ),
  );

  const ofConnections = connectionErrors.flatMap(({ codes }) => codes);

  it.each(own)('%s has one', (code) => {
    expect([...documented, ...azureCodes, ...ofConnections].some((written) => isCode(code, written))).toBe(true);
  });

  it.each(classified)('%s has one', (code) => {
    expect([...documented, ...azureCodes]).toContain(code);
  });

  it.each(documented)('%s is a code of the service', (written) => {
    expect([...own, ...classified].some((code) => isCode(code, written))).toBe(true);
  });

  it.each(azureCodes)("%s is in the table of Azure's", (code) => {
    expect(classified).toContain(code);
  });

  it.each(
    [...sections(page('service-codes')), ...sections(page('azure-codes'))].map((text) => [text.split('\n')[0], text]),
  )('%s: message, why and what to do', (_, text) => {
    const parts = [...(text ?? '').matchAll(/^\*\*(.*?)\.\*\*/gm)].map(([, part]) => part);
    expect(parts).toEqual(['Message', 'Why this happens', 'What to do']);
  });

  it.each([...page('service-codes').matchAll(/```json\n(.*?)\n```/gs)].map(([, text = '']) => text))(
    'an example is JSON with a code that has a section: %j',
    (text) => {
      const { code }: { code: string } = JSON.parse(text);
      expect(documented.some((written) => written.replace('NNN', code.slice(-3)) === code)).toBe(true);
    },
  );
});

it.each(remedies())('the pages say what the service says: %s', (remedy) => {
  const told = ['service-codes', 'azure-codes', 'connection-errors', '../preflight'].map(page).join(' ');
  expect(oneLine(told).includes(remedy)).toBe(true);
});

it('docs/errors/connection-errors.md is what `npm run docs` writes', () => {
  expect(page('connection-errors')).toBe(connectionErrorsPage());
});

describe('the search in the source finds', () => {
  it('problems, in calls and in tables', () => {
    expect(problemsIn("throw new ProblemError(404, 'no-such', 'There is none', detail);")).toEqual([
      { slug: 'no-such', title: 'There is none', status: 404 },
    ]);
    const table = "const ends = { A: ['it-failed', 'It failed'] }; throw new ProblemError(422, slug, title, detail);";
    expect(problemsIn(table)).toEqual([{ slug: 'it-failed', title: 'It failed', status: 422 }]);
    expect(() => problemsIn('throw new ProblemError(422, slug, title, detail);')).toThrow('not found');
    expect(() => problemsIn("throw new ProblemError(422, slugs[0], 'A title', detail);")).toThrow('cannot be read');
  });

  it('codes: literals, alternatives, constants and those that are put together', () => {
    const source = `const GONE = 'ItIsGone'; const all = [{ code: 'OneCode' }, { code: a ? 'ThisCode' : 'ThatCode' }, { code: GONE }, { code: \`Http\${n}\` }, { code: 'custom' }];`;
    expect(ownCodesIn(source)).toEqual(['OneCode', 'ThisCode', 'ThatCode', 'ItIsGone', 'Http*']);
  });

  it("rows of the table of Azure's codes, and remedies", () => {
    const source =
      "const WAIT = 'Wait.'; const OTHER_REMEDY = 'Ask.'; const rules = [{ code: /^(Busy|Throttled)$/, remedy: WAIT }, { code: /Quota/i, remedy: 'Pay.' }, { status: [429, 503] }];";
    expect(classifiedCodesIn(source)).toEqual(['Busy', 'Throttled', 'Quota', 'HTTP 429', 'HTTP 503']);
    expect(remediesIn(source)).toEqual(['Ask.', 'Wait.', 'Pay.']);
  });
});
