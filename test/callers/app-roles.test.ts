import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { roles } from '../../src/callers/role.ts';

const read = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

/** Source: https://learn.microsoft.com/entra/identity-platform/reference-microsoft-graph-app-manifest#approles-attribute */
const appRole = z.strictObject({
  allowedMemberTypes: z.array(z.enum(['User', 'Application'])),
  description: z.string().min(1),
  displayName: z.string().min(1),
  id: z.guid(),
  isEnabled: z.literal(true),
  value: z.string().regex(/^[A-Za-z.]{1,120}$/),
});

it('the app registration gets the roles that the app knows, and the documentation names them', () => {
  const defined = z.array(appRole).parse(JSON.parse(read('infra/app-roles.json')));
  expect(defined.map(({ value }) => value)).toEqual([...roles]);
  expect(new Set(defined.map(({ id }) => id)).size).toBe(roles.length);
  for (const role of roles) expect(read('docs/callers.md')).toContain(`| \`${role}\` | read`);
});
