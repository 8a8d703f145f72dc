import { fork } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { buildApp } from '../../local/build/build-app.ts';
import { withLockFile } from '../../local/build/lock-file.ts';
import { inProject } from '../../local/project.ts';

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'build-app-'));
  symlinkSync(inProject('node_modules'), join(root, 'node_modules'));
  writeFileSync(join(root, 'package-lock.json'), '{}');
  writeFileSync(
    join(root, 'tsconfig.json'),
    '{ "compilerOptions": { "module": "nodenext", "types": [], "lib": ["es5"], "skipLibCheck": true } }',
  );
  writeFileSync(
    join(root, 'tsconfig.build.json'),
    '{ "extends": "./tsconfig.json", "compilerOptions": { "rootDir": ".", "outDir": "dist" }, "include": ["src"], "exclude": ["src/dashboard"] }',
  );
  for (const folder of ['dashboard', 'reference']) mkdirSync(join(root, 'src', folder), { recursive: true });
  writeFileSync(join(root, 'src', 'main.ts'), 'export const answer: number = 42;\n');
  writeFileSync(
    join(root, 'src', 'dashboard', 'tsconfig.json'),
    '{ "extends": "../../tsconfig.json", "compilerOptions": { "rootDir": "../.." }, "include": ["."] }',
  );
  writeFileSync(join(root, 'src', 'dashboard', 'page.ts'), 'export const title: string = "Hello";\n');
  writeFileSync(join(root, 'src', 'dashboard', 'page.html'), '<title>Hello</title>');
  writeFileSync(join(root, 'src', 'reference', 'page.css'), 'p {}');
});

afterEach(() => rmSync(root, { recursive: true, force: true }));

const compiled = (): string => readFileSync(join(root, 'dist', 'src', 'main.js'), 'utf8');
const silent = (): void => {};

describe('buildApp', () => {
  it('builds what is not built, and only that', async () => {
    await expect(buildApp(root, silent)).resolves.toBe('built');
    expect(compiled()).toContain('answer = 42');
    await expect(buildApp(root, silent)).resolves.toBe('up to date');
    writeFileSync(join(root, 'src', 'main.ts'), 'export const answer: number = 43;\n');
    await expect(buildApp(root, silent)).resolves.toBe('built');
    expect(compiled()).toContain('answer = 43');
    expect(readdirSync(root).filter((name) => name.startsWith('dist'))).toEqual(['dist']);
  });

  it('shows the compiler’s messages and leaves the last good build in place', async () => {
    await buildApp(root, silent);
    writeFileSync(join(root, 'src', 'main.ts'), 'export const answer: number = "43";\n');
    await expect(buildApp(root, silent)).rejects.toThrow(/does not compile:\n.*src\/main\.ts/);
    expect(compiled()).toContain('answer = 42');
    expect(existsSync(join(root, 'dist.new'))).toBe(false);
  });

  it('puts what browsers load beside the app, and takes no page that does not compile', async () => {
    await buildApp(root, silent);
    const inDist = (...path: string[]): string => readFileSync(join(root, 'dist', 'src', ...path), 'utf8');
    expect(inDist('dashboard', 'page.js')).toContain('title = "Hello"');
    expect(inDist('dashboard', 'page.html')).toBe('<title>Hello</title>');
    expect(inDist('reference', 'page.css')).toBe('p {}');
    writeFileSync(join(root, 'src', 'dashboard', 'page.ts'), 'export const title: string = 1;\n');
    await expect(buildApp(root, silent)).rejects.toThrow(/does not compile:\n.*src\/dashboard\/page\.ts/);
    expect(inDist('dashboard', 'page.js')).toContain('title = "Hello"');
    expect(readdirSync(root).filter((name) => name.startsWith('dist'))).toEqual(['dist']);
  });

  it('lets one of several processes build while the others wait for it', async () => {
    const script = `
      const { buildApp } = await import(${JSON.stringify(inProject('local', 'build', 'build-app.ts'))});
      process.send(await buildApp(${JSON.stringify(root)}, () => {}));
      process.disconnect();`;
    const results = await Promise.all(
      [1, 2, 3].map(
        () =>
          new Promise((resolve, reject) => {
            const child = fork('-', [], { execArgv: ['--input-type=module', '--eval', script] });
            child.once('message', resolve);
            child.once('exit', (code) => reject(new Error(`exit ${code}`)));
          }),
      ),
    );
    expect(results.toSorted()).toEqual(['built', 'up to date', 'up to date']);
    expect(compiled()).toContain('answer = 42');
  });
});

describe('withLockFile', () => {
  it('takes over the lock of a process that died', async () => {
    const file = join(root, 'lock');
    const dead = await new Promise<number>((resolve) => {
      const child = fork('-', [], { execArgv: ['--eval', '0'] });
      child.once('exit', () => resolve(child.pid ?? 0));
    });
    writeFileSync(file, `${dead} left behind`);
    const waited: number[] = [];
    await expect(withLockFile(file, { onWait: (pid) => waited.push(pid) }, async () => 'done')).resolves.toBe('done');
    expect(waited).toEqual([]);
    expect(existsSync(file)).toBe(false);
  });

  it('runs one action after the other, also after one that failed', async () => {
    const file = join(root, 'lock');
    const order: string[] = [];
    const action = (name: string) => async () => {
      order.push(`${name} begins`);
      await new Promise(setImmediate);
      order.push(`${name} ends`);
      if (name === 'first') throw new Error('first failed');
    };
    const waited: number[] = [];
    const onWait = (pid: number): void => void waited.push(pid);
    const first = withLockFile(file, { onWait }, action('first'));
    const second = withLockFile(file, { onWait }, action('second'));
    await expect(first).rejects.toThrow('first failed');
    await second;
    expect(order).toEqual(['first begins', 'first ends', 'second begins', 'second ends']);
    expect(waited).toEqual([process.pid]);
  });
});
