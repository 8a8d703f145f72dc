import { expect, it } from 'vitest';
import { formatTraceparent, nextSpan, parseTraceparent } from '../../../local/functions-host/tracing/trace-context.ts';

const traceId = '0af7651916cd43dd8448eb211c80319c';
const spanId = 'b7ad6b7169203331';

it('reads what W3C Trace Context allows', () => {
  const header = `00-${traceId}-${spanId}-01`;
  expect(parseTraceparent(header, 'a=b')).toEqual({ traceId, spanId, sampled: true, state: 'a=b' });
  expect(formatTraceparent({ traceId, spanId, sampled: true, state: '' })).toBe(header);
  expect(parseTraceparent(`00-${traceId}-${spanId}-00`)?.sampled).toBe(false);
  // A later version may have more parts.
  expect(parseTraceparent(`cc-${traceId}-${spanId}-03-more`)).toMatchObject({ traceId, sampled: true });
});

it.each([
  undefined,
  '',
  `ff-${traceId}-${spanId}-01`,
  `00-${'0'.repeat(32)}-${spanId}-01`,
  `00-${traceId}-${'0'.repeat(16)}-01`,
  `00-${traceId.toUpperCase()}-${spanId}-01`,
  `00-${traceId}-${spanId}`,
])('takes %s for no header', (header) => {
  expect(parseTraceparent(header)).toBeUndefined();
});

it('goes on with a trace, or begins one', () => {
  const parent = { traceId, spanId, sampled: false, state: 'a=b' };
  const next = nextSpan(parent);
  expect(next).toMatchObject({ traceId, sampled: false, state: 'a=b' });
  expect(next.spanId).toMatch(/^[0-9a-f]{16}$/);
  expect(next.spanId).not.toBe(spanId);
  expect(nextSpan(undefined)).toMatchObject({ sampled: true, state: '' });
});
