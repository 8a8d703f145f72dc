import { z } from 'zod';

/** A list of which only those members are kept that can be read. */
export const readableOf = <T>(member: z.ZodType<T>): z.ZodType<T[]> =>
  z.array(z.unknown()).transform((list) =>
    list.flatMap((each) => {
      const { success, data } = member.safeParse(each);
      return success ? [data] : [];
    }),
  );

/** A field that is only shown: one that cannot be read counts as absent. */
export const ifReadable = <T>(field: z.ZodType<T>) => field.optional().catch(undefined);

/** Texts by name; members that are no texts are left out. */
export const textsSchema: z.ZodType<Record<string, string>> = z
  .record(z.string(), z.unknown())
  .transform((record) =>
    Object.fromEntries(
      Object.entries(record).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])),
    ),
  );
