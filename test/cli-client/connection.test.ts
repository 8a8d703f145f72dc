import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { openConnection } from '../../cli/service/connection.ts';
import { UsageError } from '../../command-line/command-errors.ts';

const directory = mkdtempSync(join(tmpdir(), 'connection-'));
afterAll(() => rmSync(directory, { recursive: true }));

const KEY = 'k3y-that-nobody-sees==';

const open = (url: string | undefined, environment: Readonly<Record<string, string>> = {}, keyFile?: string) =>
  openConnection({ url, keyFile, environment });

describe('the address', () => {
  it.each([
    ['http://localhost:7071', 'http://localhost:7071/api'],
    ['http://localhost:7071/', 'http://localhost:7071/api'],
    ['https://my-app.azurewebsites.net/api', 'https://my-app.azurewebsites.net/api'],
    ['https://gateway.example.com/airflow/api/', 'https://gateway.example.com/airflow/api'],
    ['https://gateway.example.com/airflow', 'https://gateway.example.com/airflow/api'],
  ])('%s is %s', (url, base) => {
    expect(open(url).base).toBe(base);
    expect(open(undefined, { AIRFLOW_ON_AKS_URL: url }).base).toBe(base);
  });

  it("is the local host's when none is named, and the flag's when both are", () => {
    expect(open(undefined).base).toBe('http://localhost:7071/api');
    expect(open('https://a.example', { AIRFLOW_ON_AKS_URL: 'https://b.example' }).base).toBe('https://a.example/api');
  });

  it.each(['localhost:7071', 'ftp://a.example', 'nonsense', 'https://a.example?code=abc', 'https://u:p@a.example'])(
    '%s is refused, and not repeated',
    (url) => {
      expect(() => open(url)).toThrow(UsageError);
      expect(() => open(url)).toThrow(/^--url must be an address/);
      expect(() => open(undefined, { AIRFLOW_ON_AKS_URL: url })).toThrow(/^AIRFLOW_ON_AKS_URL must be/);
      expect(() => open(url)).not.toThrow(/abc|u:p/);
    },
  );
});

describe('the key', () => {
  it('is taken from the environment, or from a file', () => {
    const file = join(directory, 'key');
    writeFileSync(file, `${KEY}\n`);
    expect(open('https://a.example', { AIRFLOW_ON_AKS_KEY: KEY }).key).toBe(KEY);
    expect(open('https://a.example', { AIRFLOW_ON_AKS_KEY: 'other' }, file).key).toBe(KEY);
    expect(open('https://a.example').key).toBeUndefined();
    expect(() => open('https://a.example', {}, join(directory, 'none'))).toThrow(
      /--key-file .* cannot be read: ENOENT/,
    );
  });

  it('goes over https alone, but for this machine', () => {
    for (const url of ['http://localhost:1', 'http://127.0.0.1:1', 'http://[::1]:1', 'https://a.example']) {
      expect(open(url, { AIRFLOW_ON_AKS_KEY: KEY }).key).toBe(KEY);
    }
    for (const url of [
      'http://a.example',
      'http://127.0.0.1.a.example',
      'http://10.0.0.1',
      'http://localhost.a.example',
    ]) {
      expect(() => open(url, { AIRFLOW_ON_AKS_KEY: KEY })).toThrow('in the clear');
      expect(() => open(url, { AIRFLOW_ON_AKS_KEY: KEY })).not.toThrow(KEY);
      expect(open(url).key).toBeUndefined();
    }
  });

  it('may be a token of Entra instead, by the same rules', () => {
    const file = join(directory, 'token');
    writeFileSync(file, 'eyJ.a.b\n');
    const environment = { AIRFLOW_ON_AKS_TOKEN: 'eyJ.c.d' };
    expect(open('https://a.example', environment)).toMatchObject({ key: undefined, token: 'eyJ.c.d' });
    const fromFile = openConnection({ url: 'https://a.example', keyFile: undefined, tokenFile: file, environment });
    expect(fromFile.token).toBe('eyJ.a.b');
    expect(() => open('http://a.example', environment)).toThrow(
      'The token is not sent to http://a.example in the clear',
    );
    expect(() => open('https://a.example', { AIRFLOW_ON_AKS_TOKEN: 'Bearer x' })).toThrow(
      'AIRFLOW_ON_AKS_TOKEN is no token',
    );
  });

  it('that cannot be one is refused, and not repeated', () => {
    const wrong = () => open('https://a.example', { AIRFLOW_ON_AKS_KEY: 'two words' });
    expect(wrong).toThrow('AIRFLOW_ON_AKS_KEY is no function key');
    expect(wrong).not.toThrow('two words');
  });
});
