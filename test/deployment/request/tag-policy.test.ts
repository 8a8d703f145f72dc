import { describe, expect, it } from 'vitest';
import { readSettings } from '../../../src/azure/settings/settings.ts';
import { tagsSchema } from '../../../src/deployment/request/deployment-request.ts';
import { applyTagPolicy } from '../../../src/deployment/request/tag-policy.ts';

describe('the tags of a deployment', () => {
  const policy = { defaults: { env: 'prod', 'cost-center': '123' }, required: ['Cost-Center', 'owner'] };

  it('are those of the request over the defaults, whatever the case of their names', () => {
    const { tags, errors } = applyTagPolicy({ Env: 'test', owner: 'ada' }, policy);
    expect(tags).toEqual({ 'cost-center': '123', Env: 'test', owner: 'ada' });
    expect(errors).toEqual([]);
  });

  it('must hold what the service requires, with something in it', () => {
    const message = 'must be given, and not empty: the service requires it of every deployment';
    expect(applyTagPolicy({}, policy).errors).toEqual([{ field: 'tags.owner', message }]);
    expect(applyTagPolicy({ owner: '', 'cost-center': '' }, policy).errors.map(({ field }) => field)).toEqual([
      'tags.Cost-Center',
      'tags.owner',
    ]);
  });

  it('are not more than Azure takes with those of the service', () => {
    const asked = Object.fromEntries(Array.from({ length: 44 }, (_, index) => [`t${index}`, 'x']));
    const tooMany = { field: 'tags', message: 'must be at most 45, with the 2 that the service adds' };
    expect(applyTagPolicy(asked, { ...policy, required: [] }).errors).toEqual([tooMany]);
    expect(applyTagPolicy(asked, policy).errors).toMatchObject([{ field: 'tags.owner' }, tooMany]);
    const { t0: _, ...fewer } = asked;
    expect(applyTagPolicy(fewer, { ...policy, required: [] }).errors).toEqual([]);
  });
});

describe('the tags of a request', () => {
  const errorsOf = (tags: Record<string, string>): string[] =>
    (tagsSchema.safeParse(tags).error?.issues ?? []).flatMap((issue) =>
      issue.code === 'invalid_key' ? issue.issues.map(({ message }) => message) : [issue.message],
    );
  const many = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, index) => [`t${index}`, '']));

  it.each([{ a: '' }, { ['x'.repeat(128)]: 'x'.repeat(256) }, { 'my-azure_1 é': '<>' }, many(45)])(
    'may be %j',
    (tags) => {
      expect(errorsOf(tags)).toEqual([]);
    },
  );

  it.each([
    [{ '': 'x' }, 'must not be empty'],
    [{ ['x'.repeat(129)]: 'x' }, 'must have at most 128 characters'],
    [{ a: 'x'.repeat(257) }, 'must have at most 256 characters'],
    ...['<', '>', '%', '&', '\\', '?', '/'].map((character): [Record<string, string>, string] => [
      { [`a${character}b`]: 'x' },
      'must not contain < > % & \\ ? or /',
    ]),
    ...['microsoft-x', 'Azure', 'WINDOWS.x'].map((name): [Record<string, string>, string] => [
      { [name]: 'x' },
      'must not begin with microsoft, azure or windows: Azure keeps these',
    ]),
    [{ 'a\nb': 'x' }, 'must be one line without control characters'],
    [{ a: 'x\ny' }, 'must be one line without control characters'],
    [
      { 'Airflow-on-AKS-deployment': 'x' },
      'must not be airflow-on-aks-deployment: by this tag the service knows what it created, and may delete',
    ],
    [
      { 'airflow-on-aks-requested-BY': 'x' },
      'must not be airflow-on-aks-requested-by: by this tag the service says who asked',
    ],
    [{ Env: '1', env: '2' }, 'must not name a tag twice: for Azure, Env and env are the same name'],
    [many(46), 'must be at most 45'],
  ])('may not be %j: %s', (tags, message) => {
    expect(errorsOf(tags)).toEqual([message]);
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
