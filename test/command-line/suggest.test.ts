import { expect, it } from 'vitest';
import { suggest } from '../../command-line/suggest.ts';

it.each([
  ['stauts', ' Did you mean status?'],
  ['statu', ' Did you mean status?'],
  ['plna', ' Did you mean plan?'],
  ['kubeconfg', ' Did you mean kubeconfig?'],
  ['lits', ' Did you mean list?'],
  ['frobnicate', ''],
  ['', ''],
])('%j', (word, suggestion) => {
  expect(suggest(word, ['status', 'plan', 'list', 'kubeconfig'])).toBe(suggestion);
});
