import { PUBLIC_REGISTRIES_COVERAGE } from '../../../local/azure-simulator/providers/container-registry/coverage.ts';
import type { Fixture } from '../fixture.ts';
import { type Refusal, testRefusals } from './refusals.ts';

const DOCKER = 'https://registry-1.docker.io';
const TOKENS = 'https://auth.docker.io/token';
const UPSTREAM = 'https://us-central1-docker.pkg.dev/v2/k8s-artifacts-prod/images';

const dockerToken = async (azure: Fixture, repository: string) => {
  const query = new URLSearchParams({ service: 'registry.docker.io', scope: `repository:${repository}:pull` });
  const { text } = await azure.send('GET', `${TOKENS}?${query}`);
  const { token }: { token: string } = JSON.parse(text);
  return { headers: { authorization: `Bearer ${token}` } };
};

const anonymous = { headers: { authorization: ' ' } };
const unauthorized = { status: 401, code: 'UNAUTHORIZED' };
const unknown = { status: 404, code: 'MANIFEST_UNKNOWN' };
const unknownPath = { status: 404, code: 'NOT_FOUND' };

const REFUSALS: Refusal[] = [
  { wrong: 'no service', method: 'GET', url: TOKENS, ...anonymous, status: 400, code: 'BAD_REQUEST' },
  { wrong: 'another service', method: 'GET', url: `${TOKENS}?service=quay.io`, status: 400, code: 'BAD_REQUEST' },
  { wrong: 'another method', method: 'PUT', url: TOKENS, ...unknownPath },
  { wrong: 'another path', method: 'GET', url: 'https://auth.docker.io/users', ...unknownPath },
  ...['HEAD', 'GET'].flatMap((method): Refusal[] => {
    const airflow = { method, url: `${DOCKER}/v2/apache/airflow/manifests/2.9.3` };
    return [
      { wrong: 'no token', ...airflow, ...anonymous, ...unauthorized },
      { wrong: 'a token of Azure', ...airflow, ...unauthorized },
      {
        wrong: 'a token for another repository',
        ...airflow,
        late: (azure) => dockerToken(azure, 'library/alpine'),
        ...unauthorized,
      },
      {
        wrong: 'a repository that is gone',
        method,
        url: `${DOCKER}/v2/bitnami/postgresql/manifests/16.1.0-debian-11-r15`,
        late: (azure) => dockerToken(azure, 'bitnami/postgresql'),
        ...unauthorized,
      },
      {
        wrong: 'a tag that is not there',
        method,
        url: `${DOCKER}/v2/apache/airflow/manifests/0.0`,
        late: (azure) => dockerToken(azure, 'apache/airflow'),
        ...unknown,
      },
      ...[
        'https://quay.io/v2/prometheus/statsd-exporter',
        'https://mcr.microsoft.com/v2/hello-world',
        `${UPSTREAM}/git-sync/git-sync`,
      ].map((repository) => ({
        wrong: `${repository}: a tag that is not there`,
        method,
        url: `${repository}/manifests/0.0`,
        ...anonymous,
        ...unknown,
      })),
      { wrong: 'another path', method, url: 'https://quay.io/api/v1/repository', ...unknownPath },
      { wrong: 'a broken escape', method, url: 'https://registry.k8s.io/v2/git-sync/manifests/%zz', ...unknownPath },
    ];
  }),
  {
    wrong: 'a push',
    method: 'PUT',
    url: 'https://quay.io/v2/a/b/manifests/1',
    body: {},
    status: 405,
    code: 'UNSUPPORTED',
  },
];

testRefusals(PUBLIC_REGISTRIES_COVERAGE, async () => {}, REFUSALS);
