import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type Difference, WHOLE } from '../../bench/conformance-az/compare-sides.ts';
import { judgeDifferences, parityRow, readParityTable } from '../../bench/conformance-az/parity-table.ts';
import { inProject } from '../../local/project.ts';

const HEAD = '| resource | property | after the tutorial | after the POST | why |\n| --- | --- | --- | --- | --- |\n';

const tag: Difference = {
  resource: 'vaults/<vault>',
  property: 'tags.owner',
  tutorial: '—',
  post: '"a | b"',
};

const extra: Difference = { resource: 'vaults/<vault>/secrets/x', property: WHOLE, tutorial: '—', post: 'present' };

describe('docs/parity.md', () => {
  it('is read as it is written, bars in values included', () => {
    const text = `# Title\n\n${HEAD}${parityRow(tag, 'marks')}\n${parityRow(extra, 'more')}\n\nThe end.\n`;
    expect(readParityTable(text)).toEqual([
      { ...tag, reason: 'marks' },
      { ...extra, reason: 'more' },
    ]);
  });

  it('in this repository can be read, and every row has its reason', () => {
    expect(readParityTable(readFileSync(inProject('docs', 'parity.md'), 'utf8')).length).toBeGreaterThan(0);
  });

  it('with a row without a reason names the line', () => {
    expect(() => readParityTable(`${HEAD}${parityRow(tag, '')}\n`)).toThrow(/line 3: .*five cells/);
  });

  it('with a row that stands twice says so', () => {
    expect(() => readParityTable(`${HEAD}${parityRow(tag, 'a')}\n${parityRow(tag, 'b')}\n`)).toThrow(/twice: vaults/);
  });

  it('without the table says which columns it needs', () => {
    expect(() => readParityTable('# Parity\n')).toThrow(/columns resource, property/);
  });
});

describe('a difference', () => {
  const listed = { ...tag, reason: 'marks' };

  it('that is listed with both values passes', () => {
    expect(judgeDifferences([tag], [listed])).toEqual({ unlisted: [], gone: [] });
  });

  it('that is not listed is reported, and so is one that is listed with another value', () => {
    expect(judgeDifferences([tag, extra], [listed]).unlisted).toEqual([extra]);
    const changed = { ...tag, post: '"c"' };
    expect(judgeDifferences([changed], [listed])).toEqual({ unlisted: [changed], gone: [listed] });
  });

  it('that is listed and no longer seen is reported', () => {
    expect(judgeDifferences([], [listed]).gone).toEqual([listed]);
  });
});
