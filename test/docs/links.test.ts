import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const root = new URL('../../', import.meta.url);

const documents = [
  ...readdirSync(root).filter((name) => name.endsWith('.md')),
  ...readdirSync(new URL('docs/', root), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
];

const read = (file: URL): string => readFileSync(file, 'utf8');

/** The anchor that GitHub gives a heading. */
const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .replaceAll(' ', '-');

const anchorsIn = (text: string): string[] =>
  [...text.matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) => anchorOf(heading));

/** Whether a relative link of a document leads somewhere: to a file, and to a heading when it names one. */
const leadsSomewhere = (document: URL, link: string): boolean => {
  const [path = '', anchor] = link.split('#');
  const file = path === '' ? document : new URL(path, document);
  if (!existsSync(fileURLToPath(file))) return false;
  return anchor === undefined || anchorsIn(read(file)).includes(anchor);
};

const links = documents.flatMap((name) =>
  [...read(new URL(name, root)).matchAll(/\]\((?!https?:)([^)\s]+)\)/g)].map(([, link = '']) => [name, link] as const),
);

it.each(links)('%s: %s', (name, link) => {
  expect(leadsSomewhere(new URL(name, root), link)).toBe(true);
});

it('a link to nowhere is found', () => {
  const index = new URL('docs/errors/README.md', root);
  expect(leadsSomewhere(index, 'azure-codes.md#quota')).toBe(true);
  expect(leadsSomewhere(index, 'azure-codes.md#no-such-heading')).toBe(false);
  expect(leadsSomewhere(index, 'no-such-page.md')).toBe(false);
});
