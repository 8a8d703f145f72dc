import { z } from 'zod';
import type { Seeded } from '../../base/seeded.ts';
import type { Store, Table } from '../../state/store.ts';

/**
 * Images that exist in the public registries: those of the tutorial's two editions. `docker.io/bitnami` is empty, as in reality since
 * August 2025; its images moved to `docker.io/bitnamilegacy`.
 */
const PUBLIC_IMAGES = [
  'docker.io/apache/airflow:airflow-pgbouncer-2024.01.19-1.21.0',
  'docker.io/apache/airflow:airflow-pgbouncer-2025.03.05-1.23.1',
  'docker.io/apache/airflow:airflow-pgbouncer-exporter-2024.06.18-0.17.0',
  'docker.io/apache/airflow:airflow-pgbouncer-exporter-2025.03.05-0.18.0',
  'docker.io/apache/airflow:2.9.3',
  'docker.io/apache/airflow:3.0.2',
  'docker.io/bitnamilegacy/postgresql:16.1.0-debian-11-r15',
  'docker.io/library/hello-world:latest',
  'quay.io/prometheus/statsd-exporter:v0.26.1',
  'quay.io/prometheus/statsd-exporter:v0.28.0',
  'registry.k8s.io/git-sync/git-sync:v4.1.0',
  'registry.k8s.io/git-sync/git-sync:v4.3.0',
  'mcr.microsoft.com/hello-world:latest',
];

/** An account at a source registry; it may pull every image there that is not for everyone. */
export interface RegistryAccount {
  readonly registry: string;
  readonly username: string;
  readonly password: string;
}

/** The catalogue of source images, changeable through the control API. */
export class SourceImages {
  readonly #changes: Table<boolean>;
  readonly #private: Table<boolean>;
  readonly #passwords: Table<string>;
  readonly #pushes: Table<number>;

  constructor(store: Store) {
    this.#changes = store.table('sourceImages', z.boolean());
    this.#private = store.table('privateSourceImages', z.boolean());
    this.#passwords = store.table('sourceRegistryAccounts', z.string());
    this.#pushes = store.table('sourceImagePushes', z.number());
  }

  /** Whether the registry knows the user and the password. */
  knows({ registry, username, password }: RegistryAccount): boolean {
    return this.#passwords.get(`${registry} ${username}`) === password;
  }

  /** Whether an image is there for those who have an account at its registry. */
  existsPrivately(reference: string): boolean {
    return this.#private.get(reference) ?? false;
  }

  addPrivate(reference: string): void {
    this.#private.set(reference, true);
  }

  addAccount({ registry, username, password }: RegistryAccount): void {
    this.#passwords.set(`${registry} ${username}`, password);
  }

  exists(reference: string): boolean {
    return this.#changes.get(reference) ?? PUBLIC_IMAGES.includes(reference);
  }

  /** What a tag points to now. */
  digestOf(seeded: Seeded, reference: string): string {
    return imageDigest(seeded, reference, this.#pushes.get(reference));
  }

  /** Makes a tag point to another image; the one before is still there by its digest. */
  push(reference: string): void {
    this.add(reference);
    this.#pushes.set(reference, (this.#pushes.get(reference) ?? 0) + 1);
  }

  /** Whether a repository holds a digest, for everyone or also for those with an account. */
  hasDigest(seeded: Seeded, repository: string, digest: string, withAccount: boolean): boolean {
    const names = [...this.list(), ...(withAccount ? this.#private.entries().map(([name]) => name) : [])];
    return names
      .filter((name) => name.startsWith(`${repository}:`))
      .some((name) =>
        Array.from({ length: (this.#pushes.get(name) ?? 0) + 1 }).some(
          (_, pushes) => imageDigest(seeded, name, pushes) === digest,
        ),
      );
  }

  repositoryExists(repository: string): boolean {
    return this.list().some((reference) => reference.startsWith(`${repository}:`));
  }

  add(reference: string): void {
    this.#changes.set(reference, true);
  }

  remove(reference: string): void {
    this.#changes.set(reference, false);
  }

  list(): string[] {
    const references = new Set(PUBLIC_IMAGES);
    for (const [reference, exists] of this.#changes.entries()) {
      if (exists) references.add(reference);
      else references.delete(reference);
    }
    return [...references].toSorted();
  }
}

/** What a tag of a source registry points to, having been pushed so many times again. */
const imageDigest = (seeded: Seeded, reference: string, pushes = 0): string =>
  `sha256:${seeded.hex(reference, pushes === 0 ? 'digest' : `digest ${pushes}`, 64)}`;
