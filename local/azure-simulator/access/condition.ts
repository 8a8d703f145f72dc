/** What a condition may read: of a role assignment that is to be made, or of one that is there. */
export interface Attributes {
  readonly RoleDefinitionId?: string | undefined;
  readonly PrincipalId?: string | undefined;
  readonly PrincipalType?: string | undefined;
}

export interface ConditionFacts {
  readonly action: string;
  readonly request: Attributes;
  readonly resource: Attributes;
}

/** Whether an assignment with the condition allows what is asked. */
export type Condition = (facts: ConditionFacts) => boolean;

/** A condition that is not understood. */
export class ConditionError extends Error {
  override readonly name = 'ConditionError';
}

const TOKEN =
  /\s*(?:(ActionMatches)\s*\{\s*'([^']*)'\s*\}|@(Request|Resource)\[Microsoft\.Authorization\/roleAssignments:(\w+)\]|\{([^{}]*)\}|'([^']*)'|(AND|&&)|(OR|\|\|)|([!()])|([A-Za-z]+(?::[A-Za-z]+)?))/y;

type Token =
  | { readonly kind: 'action'; readonly pattern: string }
  | { readonly kind: 'attribute'; readonly source: 'request' | 'resource'; readonly name: keyof Attributes }
  | { readonly kind: 'values'; readonly values: readonly string[] }
  | { readonly kind: 'and' | 'or' | '!' | '(' | ')' }
  | { readonly kind: 'operator'; readonly name: string };

const ATTRIBUTES: readonly (keyof Attributes)[] = ['RoleDefinitionId', 'PrincipalId', 'PrincipalType'];

/** An attribute that is missing satisfies none of them. Source: learn.microsoft.com, conditions-format, cross product comparison operators. */
const OPERATORS: Readonly<Record<string, (value: string, given: readonly string[]) => boolean>> = {
  'ForAnyOfAnyValues:GuidEquals': (value, given) => given.some((one) => sameText(one, value)),
  'ForAnyOfAllValues:GuidNotEquals': (value, given) => given.every((one) => !sameText(one, value)),
  'ForAnyOfAnyValues:StringEqualsIgnoreCase': (value, given) => given.some((one) => sameText(one, value)),
};

const sameText = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();

/**
 * Reads a role assignment's condition (version 2.0) as far as role assignments are limited by it: ActionMatches, the three attributes of an
 * assignment, three operators, AND, OR, ! and parentheses. Source: learn.microsoft.com, role-based-access-control/conditions-format and
 * conditions-authorization-actions-attributes.
 *
 * @throws ConditionError for all else, so that nothing counts as allowed that was not understood.
 */
export const parseCondition = (text: string): Condition => {
  const reader = new Reader(tokensOf(text));
  const condition = parseExpression(reader);
  if (reader.peek()) throw new ConditionError(`The condition goes on after its end: ${text}`);
  return condition;
};

class Reader {
  readonly #tokens: readonly Token[];
  #position = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  peek(): Token | undefined {
    return this.#tokens[this.#position];
  }

  next(): Token {
    const token = this.peek();
    if (!token) throw new ConditionError('The condition ends too early.');
    this.#position++;
    return token;
  }
}

/** AND and OR beside each other need parentheses here: which comes first Azure's documentation calls ambiguous. */
const parseExpression = (reader: Reader): Condition => {
  const parts = [parseTerm(reader)];
  let joint: 'and' | 'or' | undefined;
  for (let token = reader.peek(); token?.kind === 'and' || token?.kind === 'or'; token = reader.peek()) {
    if (joint !== undefined && token.kind !== joint) throw new ConditionError('AND and OR need parentheses.');
    joint = token.kind;
    reader.next();
    parts.push(parseTerm(reader));
  }
  return joint === 'or'
    ? (facts) => parts.some((holds) => holds(facts))
    : (facts) => parts.every((holds) => holds(facts));
};

const parseTerm = (reader: Reader): Condition => {
  const token = reader.next();
  switch (token.kind) {
    case '!': {
      const inner = parseTerm(reader);
      return (facts) => !inner(facts);
    }
    case '(': {
      const inner = parseExpression(reader);
      if (reader.next().kind !== ')') throw new ConditionError('A parenthesis is not closed.');
      return inner;
    }
    case 'action':
      return ({ action }) => sameText(token.pattern, action);
    case 'attribute':
      return parseComparison(token, reader);
    default:
      throw new ConditionError(`A condition does not take ${token.kind} here.`);
  }
};

const parseComparison = ({ source, name }: Extract<Token, { kind: 'attribute' }>, reader: Reader): Condition => {
  const operator = reader.next();
  const compare = operator.kind === 'operator' ? OPERATORS[operator.name] : undefined;
  const given = reader.next();
  if (!compare || given.kind !== 'values')
    throw new ConditionError(`${name} is not compared in a way that is known here.`);
  return (facts) => {
    const value = facts[source][name];
    return value !== undefined && compare(value, given.values);
  };
};

const tokensOf = (text: string): Token[] => {
  const tokens: Token[] = [];
  const end = text.trimEnd().length;
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < end) {
    const start = TOKEN.lastIndex;
    const match = TOKEN.exec(text);
    if (!match) throw new ConditionError(`This is not known in a condition: ${text.slice(start, start + 60).trim()}`);
    tokens.push(tokenOf(match));
  }
  return tokens;
};

const tokenOf = (match: RegExpExecArray): Token => {
  const [, isAction, pattern = '', source, attribute, set, string, and, or, mark, operator = ''] = match;
  if (isAction !== undefined) return { kind: 'action', pattern };
  if (source !== undefined) {
    const name = ATTRIBUTES.find((known) => known === attribute);
    if (name === undefined) throw new ConditionError(`A role assignment has no attribute ${attribute}.`);
    return { kind: 'attribute', source: source === 'Request' ? 'request' : 'resource', name };
  }
  if (set !== undefined)
    return { kind: 'values', values: set.split(',').map((value) => value.trim().replace(/^'(.*)'$/, '$1')) };
  if (string !== undefined) return { kind: 'values', values: [string] };
  if (and !== undefined) return { kind: 'and' };
  if (or !== undefined) return { kind: 'or' };
  if (mark === '!' || mark === '(' || mark === ')') return { kind: mark };
  return { kind: 'operator', name: operator };
};
