import fc from 'fast-check';

/** What no field takes, or hardly any: other types, limits, and texts that are hard on parsers, logs and shells. */
export const oddValues: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom(
    null,
    true,
    0,
    -1,
    1.5,
    2 ** 53,
    1e308,
    '',
    ' ',
    'null',
    '0x10',
    '\u0000',
    '\u009b31m\u202eevil',
    '𝒳💥\ud800',
    '../..',
    "'; rm -rf /",
    '{{7*7}}',
    'x'.repeat(5_000),
    [],
    {},
    [null],
    { toString: 1, constructor: {} },
  ),
  fc.jsonValue({ maxDepth: 2 }),
);

const names = fc.oneof(
  fc.constantFrom('colour', '__proto__', 'constructor', 'toString', '', 'planhash', 'ID'),
  fc.string({ maxLength: 20 }),
);

/** A body with one thing changed: a member replaced, left out or added, at any depth; or something else altogether. */
export const spoiled = (valid: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> =>
  fc.oneof(
    { weight: 1, arbitrary: oddValues },
    {
      weight: 6,
      arbitrary: fc
        .tuple(valid, fc.nat(), fc.nat(2), names, oddValues)
        .map(([body, place, how, name, odd]) => change(body, place, how, name, odd)),
    },
  );

const change = (body: unknown, place: number, how: number, name: string, odd: unknown): unknown => {
  if (typeof body !== 'object' || body === null) return odd;
  const entries = Object.entries(body);
  const index = place % (entries.length + 1);
  const [key, value] = entries[index] ?? [];
  if (key === undefined) return Array.isArray(body) ? [...body, odd] : Object.fromEntries([...entries, [name, odd]]);
  if (how === 0 && typeof value === 'object' && value !== null)
    return replaced(body, key, change(value, Math.floor(place / 7), how, name, odd));
  if (how === 1)
    return Array.isArray(body)
      ? body.filter((_, at) => at !== index)
      : Object.fromEntries(entries.filter((_, at) => at !== index));
  return replaced(body, key, odd);
};

const replaced = (body: object, key: string, value: unknown): object =>
  Array.isArray(body) ? body.map((each: unknown, at) => (`${at}` === key ? value : each)) : { ...body, [key]: value };

/** Bodies that are no JSON, or that are hard to read as JSON. */
export const brokenBodies: readonly Buffer[] = [
  ...[
    '',
    ' ',
    '{',
    '{"a"',
    '{}}',
    '{},',
    "{'a':1}",
    '{"a":NaN}',
    'undefined',
    '[1,]',
    '{"a":"\u0000"}',
    '-',
    '"',
    '{"a":01}',
  ],
  ...[
    'a=1&b=2',
    '<a/>',
    '--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n--x--',
    '['.repeat(30_000),
    '{"a":'.repeat(9_000),
  ],
].map((text) => Buffer.from(text));

/** Bytes that are no UTF-8. */
export const badBytes: readonly Buffer[] = [
  Buffer.from([0x7b, 0x22, 0x61, 0xff, 0x22, 0x3a, 0x31, 0x7d]),
  Buffer.from([0xc3, 0x28]),
  Buffer.from([0xff, 0xfe, 0x7b, 0x00, 0x7d, 0x00]),
];
