import { instance, type Route } from './instance.ts';
import type { Rule } from './tables.ts';

/** Fakes of `@servicenow/sdk/core`: they install what the app defines. */

interface Identified {
  readonly $id: string;
}

/** A definition turns into its sys_id where it is put into a text, which is its key here. */
const define = <T extends Identified>(definition: T) => ({ ...definition, toString: () => definition.$id });

const column = <T>(definition: T): T => definition;

export const Acl = define;
export const Alias = define;
export const CatalogClientScript = define;
export const CatalogItem = define;
export const CrossScopePrivilege = define;
export const RetryPolicy = define;
export const Table = column;
export const ChoiceColumn = column;
export const ReferenceColumn = column;
export const StringColumn = column;
export const MultiLineTextVariable = column;
export const SelectBoxVariable = column;
export const SingleLineTextVariable = column;
export const WideSingleLineTextVariable = column;

export const BusinessRule = (rule: Rule): void => void instance.tables.rules.push(rule);

export const ScheduledScript = ({ script }: { script: () => void }): void => void instance.jobs.push(script);

export const Property = ({ name, value }: { name: string; value: string }): void =>
  void instance.properties.set(name, value);

export const RestApi = (api: { serviceId: string; routes: readonly (Route & { path: string })[] }): void => {
  for (const route of api.routes) {
    instance.routes.push({ ...route, uri: `/api/x_airaks_deploy/${api.serviceId}${route.path}` });
  }
};

Object.assign(globalThis, {
  Now: {
    ID: new Proxy({}, { get: (_, key) => String(key) }),
    ref: (_table: string, key: string) => key,
    include: (path: string) => path,
  },
  Duration: <T>(duration: T): T => duration,
  TemplateValue: <T>(values: T): T => values,
});
