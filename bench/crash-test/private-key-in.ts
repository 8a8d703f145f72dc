import * as z from 'zod';

const schema = z.object({ properties: z.object({ value: z.string().startsWith('-----BEGIN') }) });

/** The private SSH key (PEM) that the body of a request puts into the vault, if it does. */
export const privateKeyIn = (body: unknown): string | undefined => schema.safeParse(body).data?.properties.value;
