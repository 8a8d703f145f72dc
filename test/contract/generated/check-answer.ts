import { existsSync } from 'node:fs';
import { z } from 'zod';
import { document, type Target, violation } from './document.ts';
import type { Sent } from './send.ts';

const problemSchema = z.looseObject({
  type: z.string().regex(/^urn:airflow-on-aks:problem:[a-z-]+$/),
  title: z.string().min(1),
  status: z.number(),
  detail: z.string().min(1),
  help: z.string(),
});

/** What is wrong with an answer by openapi.json; empty when nothing is. */
export const faultsOf = ({ operation }: Target, { status, headers, text }: Sent): string[] => {
  const answer = operation.responses[status];
  if (!answer) return [`The status ${status} is not documented: ${text.slice(0, 300)}`];
  const type = headerOf(headers, 'content-type')?.split(';')[0]?.trim() ?? '';
  const content = answer.content?.[type];
  const faults: string[] = [];
  if (status >= 500) faults.push(`${status} for what a caller sent: ${text.slice(0, 300)}`);
  if (text !== '' && !content) faults.push(`${status} has the content type ${type || 'none'}, which is not documented`);
  if (text === '' && answer.content) faults.push(`${status} has no body, but one is documented`);
  if (content?.schema && /json$/.test(type)) {
    const why = violation(content.schema, JSON.parse(text));
    if (why) faults.push(`${status} is not as documented: ${why}: ${text.slice(0, 300)}`);
  }
  for (const [name, { required, schema }] of Object.entries(answer.headers ?? {})) {
    const value = headerOf(headers, name);
    if (value === undefined && required) faults.push(`${status} has no header ${name}`);
    const why = value === undefined ? undefined : violation(schema, schema.type === 'integer' ? Number(value) : value);
    if (why) faults.push(`${status} has ${name}: ${value}, which is not as documented: ${why}`);
  }
  return [...faults, ...(type === 'application/problem+json' ? problemFaults({ status, headers, text }) : [])];
};

/** The same for a problem document, on whichever path it comes. */
export const problemFaults = ({ status, text }: Sent): string[] => {
  const parsed = problemSchema.safeParse(JSON.parse(text));
  if (!parsed.success) return [`${status} is no problem document: ${z.prettifyError(parsed.error)}`];
  const { help, status: said } = parsed.data;
  const schema = document.components.schemas.Problem ?? {};
  const why = violation(schema, parsed.data);
  return [
    ...(said === status ? [] : [`${status} says that it is ${said}`]),
    ...(existsSync(new URL(`../../../${help}`, import.meta.url)) ? [] : [`${help} does not exist`]),
    ...(why ? [`${status} is not as documented: ${why}`] : []),
  ];
};

export const headerOf = (headers: Sent['headers'], name: string): string | undefined => headers[name.toLowerCase()];
