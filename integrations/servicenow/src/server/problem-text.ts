import { asObject, asText, type JsonObject } from './json.ts';

/** What a problem document (RFC 9457) of the service says to a person: every field that is at fault, else its detail. */
export const problemText = (status: number, problem: JsonObject): string => {
  const errors = Array.isArray(problem.errors) ? problem.errors.map(asObject) : [];
  const fields = errors.map(({ field, message }) => `${asText(field)} ${asText(message)}`.trim());
  const said = fields.length > 0 ? fields.join('; ') : asText(problem.detail);
  return said === '' ? `The service answered HTTP ${status}.` : said;
};
