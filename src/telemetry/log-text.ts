import { displayed } from '../deployment/names/text/displayed.ts';
import { redactSecrets } from '../deployment/names/text/redact-secrets.ts';

/** A text as the log may hold it: without secrets, and with nothing that a terminal would obey. */
export const logText = (text: string): string => displayed(redactSecrets(text));
