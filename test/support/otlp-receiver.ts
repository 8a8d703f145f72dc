import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { z } from 'zod';

const attributesSchema = z
  .array(z.object({ key: z.string(), value: z.record(z.string(), z.unknown()) }))
  .default([])
  .transform((list) => Object.fromEntries(list.map(({ key, value }) => [key, Object.values(value)[0]])));

const resourceSchema = z.object({ attributes: attributesSchema });

const spanSchema = z.object({
  traceId: z.string(),
  spanId: z.string(),
  parentSpanId: z.string().default(''),
  name: z.string(),
  kind: z.number(),
  attributes: attributesSchema,
  status: z.object({ code: z.number().default(0), message: z.string().default('') }).default({ code: 0, message: '' }),
});

const recordSchema = z.object({
  traceId: z.string().default(''),
  severityText: z.string().default(''),
  body: z.object({ stringValue: z.string() }).transform(({ stringValue }) => stringValue),
  attributes: attributesSchema,
});

const pointSchema = z.object({
  attributes: attributesSchema,
  asInt: z.coerce.number().optional(),
  asDouble: z.number().optional(),
  count: z.coerce.number().optional(),
  sum: z.number().optional(),
});

const metricSchema = z.object({
  name: z.string(),
  sum: z.object({ dataPoints: z.array(pointSchema) }).optional(),
  gauge: z.object({ dataPoints: z.array(pointSchema) }).optional(),
  histogram: z.object({ dataPoints: z.array(pointSchema) }).optional(),
});

const tracesSchema = z.object({
  resourceSpans: z.array(
    z.object({ resource: resourceSchema, scopeSpans: z.array(z.object({ spans: z.array(spanSchema) })) }),
  ),
});

const logsSchema = z.object({
  resourceLogs: z.array(z.object({ scopeLogs: z.array(z.object({ logRecords: z.array(recordSchema) })) })),
});

const metricsSchema = z.object({
  resourceMetrics: z.array(z.object({ scopeMetrics: z.array(z.object({ metrics: z.array(metricSchema) })) })),
});

export type ReceivedSpan = z.infer<typeof spanSchema> & { readonly service: unknown };
export type ReceivedLog = z.infer<typeof recordSchema>;
export type ReceivedPoint = z.infer<typeof pointSchema> & { readonly name: string };

/** A collector on this machine: takes OTLP over HTTP, as JSON; of other formats it keeps the text only. */
export class OtlpReceiver {
  readonly spans: ReceivedSpan[] = [];
  readonly logs: ReceivedLog[] = [];
  /** In the order of arrival: of a sum the last point of each set of attributes is the present one. */
  readonly points: ReceivedPoint[] = [];
  /** Every body as it came. */
  readonly bodies: { readonly path: string; readonly contentType: string; readonly text: string }[] = [];
  readonly #server: Server;

  constructor(server: Server) {
    this.#server = server;
  }

  static async start(): Promise<OtlpReceiver> {
    const server = createServer();
    const receiver = new OtlpReceiver(server);
    server.on('request', async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk);
      const contentType = request.headers['content-type'] ?? '';
      receiver.#take(request.url ?? '', contentType, Buffer.concat(chunks));
      response.writeHead(200, { 'Content-Type': contentType }).end(contentType.includes('json') ? '{}' : '');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return receiver;
  }

  get url(): string {
    const address: AddressInfo | string | null = this.#server.address();
    if (address === null || typeof address === 'string') throw new Error('The receiver does not listen.');
    return `http://127.0.0.1:${address.port}`;
  }

  /** The present value of a counter or gauge, or how often a histogram got a value. */
  value(name: string, attributes: Readonly<Record<string, string>> = {}): number | undefined {
    const found = this.points.findLast(
      (point) =>
        point.name === name && Object.entries(attributes).every(([key, value]) => point.attributes[key] === value),
    );
    return found && (found.asInt ?? found.asDouble ?? found.count);
  }

  #take(path: string, contentType: string, body: Buffer): void {
    const text = body.toString(contentType.includes('json') ? 'utf8' : 'latin1');
    this.bodies.push({ path, contentType, text });
    if (!contentType.includes('json')) return;
    const json: unknown = JSON.parse(text);
    if (path === '/v1/traces') {
      for (const { resource, scopeSpans } of tracesSchema.parse(json).resourceSpans) {
        const service = resource.attributes['service.name'];
        this.spans.push(...scopeSpans.flatMap(({ spans }) => spans).map((span) => ({ ...span, service })));
      }
    } else if (path === '/v1/logs') {
      for (const { scopeLogs } of logsSchema.parse(json).resourceLogs)
        this.logs.push(...scopeLogs.flatMap(({ logRecords }) => logRecords));
    } else if (path === '/v1/metrics') {
      for (const { scopeMetrics } of metricsSchema.parse(json).resourceMetrics)
        for (const { name, sum, gauge, histogram } of scopeMetrics.flatMap(({ metrics }) => metrics))
          this.points.push(...((sum ?? gauge ?? histogram)?.dataPoints ?? []).map((point) => ({ ...point, name })));
    }
  }

  close(): Promise<void> {
    this.#server.closeAllConnections();
    return new Promise((resolve) => this.#server.close(() => resolve()));
  }
}
