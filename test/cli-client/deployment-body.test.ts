import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { readBody } from '../../cli/deployment-body.ts';
import { UsageError } from '../../command-line/command-errors.ts';

const directory = mkdtempSync(join(tmpdir(), 'body-'));
afterAll(() => rmSync(directory, { recursive: true }));

const fileWith = (text: string): string => {
  const file = join(directory, 'body.json');
  writeFileSync(file, text);
  return file;
};

it('is {} when nothing is given', () => {
  expect(readBody({ set: [] })).toEqual({});
});

it('takes single fields: JSON where it is JSON, else a text', () => {
  const set = [
    'cluster.nodeCount=5',
    'cluster.zones=["1"]',
    'cluster.kubernetesVersion="1.34"',
    'location=westeurope',
    'tags.cost\\.centre=a=b',
    'correlationId=',
  ];
  expect(readBody({ set })).toEqual({
    cluster: { nodeCount: 5, zones: ['1'], kubernetesVersion: '1.34' },
    location: 'westeurope',
    tags: { 'cost.centre': 'a=b' },
    correlationId: '',
  });
});

it('sets them over a file, and leaves the rest of it', () => {
  const file = fileWith('{"location": "westeurope", "cluster": {"tier": "Free", "nodeCount": 3}}');
  expect(readBody({ file, set: ['cluster.nodeCount=4'] })).toEqual({
    location: 'westeurope',
    cluster: { tier: 'Free', nodeCount: 4 },
  });
});

it.each(['[]', '{', ''])('a file with %j is refused by name', (text) => {
  const file = fileWith(text);
  expect(() => readBody({ file, set: [] })).toThrow(UsageError);
  expect(() => readBody({ file, set: [] })).toThrow(`--file ${file} cannot be used: `);
});

it.each(['.a=1', 'a..b=1', '__proto__.x=1'])('--set %s is refused', (assignment) => {
  expect(() => readBody({ set: [assignment] })).toThrow('is no field');
});
