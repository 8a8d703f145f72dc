import { type JsonObject, merged } from '../base/json.ts';
import { type Resource, resourceSchema } from './resource.ts';
import type { Store, Table } from './store.ts';

/** The resources that exist, by their ids, which Azure compares without regard to case. */
export class Resources {
  readonly #table: Table<Resource>;
  /** Ids by lower-case type, since a search through everything would make two hundred deployments slow. */
  readonly #types = new Map<string, Set<string>>();
  readonly #groups = new Map<string, Set<string>>();

  constructor(store: Store) {
    this.#table = store.table('resources', resourceSchema);
    for (const resource of this.#table.values()) this.#index(resource);
  }

  get(id: string): Resource | undefined {
    return this.#table.get(id.toLowerCase());
  }

  put(resource: Resource): Resource {
    this.#table.set(resource.id.toLowerCase(), resource);
    this.#index(resource);
    return resource;
  }

  /** Merges into the properties of a resource, if it still exists. */
  mergeProperties(id: string, properties: JsonObject): void {
    const resource = this.get(id);
    if (resource) this.put({ ...resource, properties: merged(resource.properties, properties) });
  }

  /** Removes a resource and everything below it. */
  remove(id: string): void {
    for (const resource of [this.get(id), ...this.below(id)]) {
      if (!resource) continue;
      const key = resource.id.toLowerCase();
      this.#table.delete(key);
      this.#types.get(resource.type.toLowerCase())?.delete(key);
      this.#groups.get(groupOf(key))?.delete(key);
    }
  }

  /** What lies under an id: a subscription's, a group's, a resource's children of any depth. */
  below(id: string): Resource[] {
    const prefix = `${id.toLowerCase()}/`;
    const group = groupOf(prefix);
    const candidates = group ? this.#resolve(this.#groups.get(group)) : this.#table.values();
    return candidates.filter((resource) => resource.id.toLowerCase().startsWith(prefix));
  }

  /** All resources of a type, such as `Microsoft.Storage/storageAccounts`. */
  ofType(type: string): Resource[] {
    return this.#resolve(this.#types.get(type.toLowerCase()));
  }

  all(): Resource[] {
    return this.#table.values();
  }

  /** To be called after the store was cleared. */
  forget(): void {
    this.#types.clear();
    this.#groups.clear();
  }

  #resolve(keys: Set<string> | undefined): Resource[] {
    const found: Resource[] = [];
    for (const key of keys ?? []) {
      const resource = this.#table.get(key);
      if (resource) found.push(resource);
    }
    return found;
  }

  #index(resource: Resource): void {
    const key = resource.id.toLowerCase();
    add(this.#types, resource.type.toLowerCase(), key);
    const group = groupOf(key);
    if (group) add(this.#groups, group, key);
  }
}

const add = (index: Map<string, Set<string>>, name: string, key: string): void => {
  const keys = index.get(name) ?? new Set();
  index.set(name, keys.add(key));
};

/** The lower-case id of the resource group that a lower-case id lies in, or an empty text. */
const groupOf = (id: string): string => /^\/subscriptions\/[^/]+\/resourcegroups\/[^/]+/.exec(id)?.[0] ?? '';
