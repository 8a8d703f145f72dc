import { readdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { ROUTES } from '../../local/azure-simulator/azure/routes.ts';
import { SERVICES } from '../../local/azure-simulator/coverage/services.ts';

const root = fileURLToPath(new URL('../../local/azure-simulator/', import.meta.url));

const operations = SERVICES.flatMap((service) => service.operations);

test('every route is declared once, and every declared operation of Resource Manager has a route', () => {
  const declared = operations.map(({ route }) => route).filter((route) => !/ https?:/.test(route));
  expect(declared.toSorted()).toEqual(ROUTES.map(({ method, path }) => `${method} ${path}`).toSorted());
});

test('every declared error belongs to an operation', () => {
  for (const { title, errors, operations: own, elsewhere = [] } of SERVICES) {
    const used = new Set([...own.flatMap(({ refuses = [] }) => refuses), ...elsewhere]);
    if (own.length > 0) expect([...used].toSorted(), title).toEqual(Object.keys(errors).toSorted());
  }
});

/** The codes that a source gives to errors. */
const codesIn = (path: string): string[] =>
  [
    ...readFileSync(`${root}${path}`, 'utf8').matchAll(
      /(?:HttpError\(\s*\d+|storageError\(\s*request,\s*\d+|refused?\(|refuse\(\s*\d+|invalidToken\(\s*challenge,),?\s*'(\w+)'/g,
    ),
  ].map(([, code = '']) => code);

/** Every folder with sources, so that a new one is searched too; the page in `coverage` shows examples only. */
const folders = [
  ...new Set(
    readdirSync(root, { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.ts'))
      .map((path) => dirname(path))
      .filter((folder) => folder !== 'coverage'),
  ),
].toSorted();

describe.each(folders)('the sources in %s', (folder) => {
  const files = readdirSync(`${root}${folder}`).filter((name) => name.endsWith('.ts'));
  const declarations = files.includes('coverage.ts') ? readFileSync(`${root}${folder}/coverage.ts`, 'utf8') : '';
  const front = Object.keys(SERVICES[0]?.errors ?? {});

  test('answer with declared errors only', () => {
    const codes = files.flatMap((name) => codesIn(`${folder}/${name}`));
    const isDeclared = (code: string) =>
      front.includes(code) || new RegExp(`^    ${code}: \\{`, 'm').test(declarations);
    expect([...new Set(codes)].filter((code) => !isDeclared(code))).toEqual([]);
  });
});

test('sources are searched for codes at all', () => {
  expect(codesIn('providers/key-vault/vault-names.ts')).toContain('VaultAlreadyExists');
  expect(codesIn('providers/container-service/cluster-validation.ts')).toContain('K8sVersionNotSupported');
  expect(codesIn('entra/tokens.ts')).toContain('ExpiredAuthenticationToken');
  expect(codesIn('entra/entra-plane.ts')).toContain('invalid_scope');
  expect(codesIn('providers/storage/container-store.ts')).toContain('ContainerNotFound');
});
