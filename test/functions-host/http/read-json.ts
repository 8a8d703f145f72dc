import * as z from 'zod';

const Body = z.looseObject({
  id: z.string().optional(),
  statusQueryGetUri: z.string().optional(),
  sendEventPostUri: z.string().optional(),
});

/** A response's JSON object, with the fields that tests use further typed. */
export const readJson = async (response: Response | Promise<Response>): Promise<z.output<typeof Body>> =>
  Body.parse(await (await response).json());
