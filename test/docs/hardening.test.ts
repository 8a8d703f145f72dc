import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { hardening } from '../../src/deployment/profile/hardening.ts';

it('docs/hardening.md lists every difference from the tutorial, and no other', () => {
  const page = readFileSync(new URL('../../docs/hardening.md', import.meta.url), 'utf8');
  const [, table = ''] = /^## Every difference$\n\n((?:\|.*\n)+)/m.exec(page) ?? [];
  const rows = table.trimEnd().split('\n').slice(2);
  expect(rows).toEqual(
    hardening.map(
      ({ step, property, tutorial, hardened, because, nextPart }) =>
        `| ${[step, property, tutorial, hardened, because, nextPart].map((text) => text.replaceAll('|', '\\|')).join(' | ')} |`,
    ),
  );
});
