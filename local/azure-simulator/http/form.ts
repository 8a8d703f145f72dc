import type { Incoming } from './incoming.ts';

/** The form of a body. What is not sent as a form counts as nothing: so Entra does (microsoftgraph/microsoft-graph-docs#20272). */
export const formOf = ({ headers, text }: Incoming): URLSearchParams => {
  const isForm = /^application\/x-www-form-urlencoded\s*(;|$)/i.test(headers['content-type'] ?? '');
  return new URLSearchParams(isForm ? text : '');
};
