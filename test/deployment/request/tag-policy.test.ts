import { describe, expect, it } from 'vitest';
import { readSettings } from '../../../src/azure/settings.ts';
import { applyTagPolicy } from '../../../src/deployment/request/tag-policy.ts';

describe('the tags of a deployment', () => {
  const policy = { defaults: { env: 'prod', 'cost-center': '123' }, required: ['Cost-Center', 'owner'] };

  it('are those of the request over the defaults, whatever the case of their names', () => {
    const { tags, errors } = applyTagPolicy({ Env: 'test', owner: 'ada' }, policy);
    expect(tags).toEqual({ 'cost-center': '123', Env: 'test', owner: 'ada' });
    expect(errors).toEqual([]);
  });

  it('must hold what the service requires, with something in it', () => {
    expect(applyTagPolicy({}, policy).errors.map(({ field }) => field)).toEqual(['tags.owner']);
    expect(applyTagPolicy({ owner: '', 'cost-center': '' }, policy).errors.map(({ field }) => field)).toEqual([
      'tags.Cost-Center',
      'tags.owner',
    ]);
  });

  it('are not more than Azure takes with those of the service', () => {
    const asked = Object.fromEntries(Array.from({ length: 44 }, (_, index) => [`t${index}`, 'x']));
    expect(applyTagPolicy(asked, { ...policy, required: [] }).errors).toEqual([
      { field: 'tags', message: 'must be at most 45, with the 2 that the service adds' },
    ]);
  });
});

describe('the settings of tags', () => {
  it.each([
    ['cost-center=123,env=prod', { 'cost-center': '123', env: 'prod' }],
    [' cost-center = 123 , note=a=b, empty= ', { 'cost-center': '123', note: 'a=b', empty: '' }],
    ['{"teams":"a, b"}', { teams: 'a, b' }],
    ['', {}],
  ])('DEFAULT_TAGS %s', (text, tags) => {
    expect(readSettings({ DEFAULT_TAGS: text }).DEFAULT_TAGS).toEqual(tags);
  });

  it.each([
    'prod',
    '=prod',
    'a=1,a=2',
    'a=1,A=2',
    '{"a":1}',
    '{"a"',
    'windows-x=1',
    'airflow-on-aks-deployment=x',
    'a<b=1',
    `a=${'x'.repeat(257)}`,
  ])('DEFAULT_TAGS %s is refused by its name', (text) => {
    expect(() => readSettings({ DEFAULT_TAGS: text })).toThrow(/^The app setting DEFAULT_TAGS (must be|breaks a rule)/);
  });

  it('REQUIRED_TAGS is a list of names', () => {
    expect(readSettings({ REQUIRED_TAGS: 'cost-center, env' }).REQUIRED_TAGS).toEqual(['cost-center', 'env']);
    expect(() => readSettings({ REQUIRED_TAGS: 'a/b' })).toThrow(/^The app setting REQUIRED_TAGS/);
  });
});
