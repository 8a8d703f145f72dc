import { expect, it } from 'vitest';
import { checkValue } from '../../local/bicep/checks/check-value.ts';
import { moduleInterfaceSchema } from '../../local/bicep/module-interface.ts';
import { summarizeModule } from '../../local/bicep/summarize-module.ts';

const template = {
  definitions: {
    lockType: {
      type: 'object',
      properties: { kind: { type: 'string', allowedValues: ['None', 'ReadOnly'] } },
      nullable: true,
    },
    ruleType: {
      type: 'object',
      discriminator: {
        propertyName: 'name',
        mapping: { a: { $ref: '#/definitions/aType' }, b: { $ref: '#/definitions/aType' } },
      },
    },
    aType: {
      type: 'object',
      properties: {
        name: { type: 'string' },
        more: { type: 'object', properties: {}, additionalProperties: { type: 'int' } },
      },
    },
  },
  parameters: {
    name: { type: 'securestring', minLength: 3 },
    location: { type: 'string', defaultValue: '[resourceGroup().location]' },
    lock: { $ref: '#/definitions/lockType', nullable: true },
    rules: { type: 'array', items: { $ref: '#/definitions/ruleType' } },
  },
  variables: { builtInRoleNames: { Reader: '…' } },
  outputs: { id: { type: 'String' }, key: { type: 'securestring' } },
};

const summary = summarizeModule(
  'br/public:avm/res/a/b:1.2.3',
  template,
  new Set(['rules']),
  (variant) => variant === 'a',
);

it("keeps of a module's template what a caller must know, and no more", () => {
  expect(moduleInterfaceSchema.parse(summary)).toEqual({
    source: 'br/public:avm/res/a/b:1.2.3',
    parameters: {
      name: { type: 'string' },
      location: { type: 'string', optional: true },
      lock: { type: 'object', optional: true },
      rules: { type: 'array', items: { ref: 'ruleType' } },
    },
    definitions: {
      ruleType: { type: 'object', discriminator: 'name', variants: { a: { ref: 'aType' } } },
      aType: {
        type: 'object',
        properties: { name: { type: 'string' }, more: { type: 'object', properties: {}, additional: { type: 'int' } } },
      },
    },
    outputs: { id: 'string', key: 'string' },
    roles: ['Reader'],
  });
});

it('checks by the variant that the value says it is', () => {
  const rule = (name: string) => ({
    kind: 'object' as const,
    line: 7,
    properties: new Map([['name', { kind: 'string' as const, value: name, line: 8 }]]),
  });
  const complaints = (name: string) => checkValue(summary, { ref: 'ruleType' }, rule(name), 'rules[0]');
  expect(complaints('a')).toEqual([{ line: 7, message: 'rules[0].more is missing' }]);
  expect(complaints('c')).toEqual([{ line: 7, message: 'rules[0].name must be one of a' }]);
});
