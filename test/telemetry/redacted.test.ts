import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-base';
import { expect, it } from 'vitest';
import { redactedSpans } from '../../src/telemetry/redacted.ts';

it('takes secrets out of every text of a span, and leaves the rest as it is', () => {
  const kept = new InMemorySpanExporter();
  const provider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(redactedSpans(kept))] });
  const span = provider
    .getTracer('test')
    .startSpan('GET https://example.com/?sig=abcdef', { attributes: { count: 3 } });
  span.setAttribute('url.full', 'https://example.com/?api-version=1&code=abcdef');
  span.setAttribute('list', ['password=abcdef', 'plain']);
  span.setStatus({ code: 2, message: 'AccountKey=abcdef;' });
  span.recordException(new Error('Bearer abcdefabcdefabcdef'));
  span.end();
  const [exported] = kept.getFinishedSpans();
  expect(exported?.name).toBe('GET https://example.com/?sig=[redacted]');
  expect(exported?.attributes).toEqual({
    count: 3,
    'url.full': 'https://example.com/?api-version=1&code=[redacted]',
    list: ['password=[redacted]', 'plain'],
  });
  expect(exported?.status).toEqual({ code: 2, message: 'AccountKey=[redacted];' });
  expect(exported?.spanContext()).toEqual(span.spanContext());
  expect(exported?.events[0]?.attributes?.['exception.message']).toBe('Bearer [redacted]');
  expect(JSON.stringify([exported?.attributes, exported?.events, exported?.status])).not.toContain('abcdef');
});
