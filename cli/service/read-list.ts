import * as z from 'zod';
import type { ApiClient } from './api-client.ts';

const itemSchema = z.looseObject({
  id: z.string(),
  status: z.string(),
  createdAt: z.string(),
  correlationId: z.string().optional(),
  resourceGroupName: z.string().optional(),
  location: z.string().optional(),
});

const pageSchema = z.looseObject({ deployments: z.array(itemSchema), nextLink: z.url().optional() });

type Page = z.output<typeof pageSchema>;

/** The most that the service puts on one page. */
const LARGEST_PAGE = 200;

/** The newest deployments that a filter lets through, page by page. @returns also whether there are more than `top`. */
export const readList = async (
  api: ApiClient,
  top: number,
  filter: Readonly<Record<string, string | undefined>>,
): Promise<{ readonly deployments: Page['deployments']; readonly more: boolean }> => {
  const deployments: Page['deployments'] = [];
  let after: string | undefined;
  do {
    const missing = Math.min(top - deployments.length, LARGEST_PAGE);
    const page: Page = await api.read(pageSchema, {
      path: '/deployments',
      query: { ...filter, top: `${missing}`, after },
    });
    deployments.push(...page.deployments);
    // Of the next page's address only the place is taken, for the key goes nowhere but to the base.
    after = page.nextLink === undefined ? undefined : (new URL(page.nextLink).searchParams.get('after') ?? undefined);
  } while (after !== undefined && deployments.length < top);
  return { deployments, more: after !== undefined };
};
