/** What expressions may call: the functions of the Workflow Definition Language that the workflows use. */
export type Functions = Readonly<Record<string, (...values: readonly unknown[]) => unknown>>;

/**
 * Evaluates every string of a workflow's JSON: `@expression`, `text @{expression} text`, and `@@` for a literal `@`.
 *
 * @throws for an expression that this small reading of the language does not know: nothing passes as text by mistake.
 * Source: https://learn.microsoft.com/azure/logic-apps/logic-apps-workflow-definition-language#expressions
 */
export const evaluate = (value: unknown, functions: Functions): unknown => {
  if (typeof value === 'string') return evaluateString(value, functions);
  if (Array.isArray(value)) return value.map((item) => evaluate(item, functions));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, evaluate(member, functions)]));
};

const evaluateString = (text: string, functions: Functions): unknown => {
  if (text.startsWith('@@')) return text.slice(1);
  if (text.startsWith('@') && !text.startsWith('@{')) return new Expression(text.slice(1), functions).whole();
  return text.replaceAll(/@\{([^}]*)\}/g, (_, expression: string) => {
    const value = new Expression(expression, functions).whole();
    return typeof value === 'string' ? value : JSON.stringify(value ?? '');
  });
};

/** `name('literal', other()?['property'])['property']`, numbers and null. */
class Expression {
  readonly #tokens: readonly string[];
  readonly #functions: Functions;
  #at = 0;

  constructor(text: string, functions: Functions) {
    this.#tokens = text.match(/'(?:[^']|'')*'|[A-Za-z_]\w*|\d+|\?\[|[[\](),]|\S/g) ?? [];
    this.#functions = functions;
  }

  whole(): unknown {
    const value = this.#value();
    if (this.#at < this.#tokens.length) throw new Error(`Unexpected "${this.#tokens[this.#at]}" in an expression.`);
    return value;
  }

  #value(): unknown {
    let value = this.#primary();
    while (this.#tokens[this.#at] === '[' || this.#tokens[this.#at] === '?[') {
      const safe = this.#next() === '?[';
      const name = this.#value();
      this.#expect(']');
      if (value === null || value === undefined) {
        if (safe) continue;
        throw new Error(`The property ${String(name)} of null cannot be selected.`);
      }
      value = Object.entries(value).find(([member]) => member === name)?.[1];
    }
    return value;
  }

  #primary(): unknown {
    const token = this.#next();
    if (token.startsWith("'")) return token.slice(1, -1).replaceAll("''", "'");
    if (/^\d+$/.test(token)) return Number(token);
    if (token === 'null') return null;
    const call = this.#functions[token];
    if (!call) throw new Error(`The function "${token}" is not known.`);
    this.#expect('(');
    const values: unknown[] = [];
    while (this.#tokens[this.#at] !== ')') {
      if (values.length > 0) this.#expect(',');
      values.push(this.#value());
    }
    this.#expect(')');
    return call(...values);
  }

  #next(): string {
    const token = this.#tokens[this.#at++];
    if (token === undefined) throw new Error('An expression ends too early.');
    return token;
  }

  #expect(token: string): void {
    const next = this.#next();
    if (next !== token) throw new Error(`Expected "${token}" but found "${next}" in an expression.`);
  }
}
