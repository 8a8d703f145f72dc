import { expect, it } from 'vitest';
import { deploymentRequestSchema } from '../../../src/deployment/request/deployment-request.ts';
import { profileErrors } from '../../../src/deployment/request/profile-errors.ts';

const GROUP = '11111111-2222-4333-8444-555555555555';

const errorsOf = (body: object) => profileErrors(deploymentRequestSchema.parse(body));

const cluster = { authorizedIpRanges: ['203.0.113.7'], adminGroupObjectIds: [GROUP] };

it.each([
  [{ cluster }, ['cluster.authorizedIpRanges', 'cluster.adminGroupObjectIds']],
  [{ cluster, profile: 'tutorial' }, ['cluster.authorizedIpRanges', 'cluster.adminGroupObjectIds']],
  [{ cluster: { adminGroupObjectIds: [GROUP] } }, ['cluster.adminGroupObjectIds']],
  [{ cluster, profile: 'hardened' }, []],
  [{}, []],
])('the profile hardened alone has ranges and groups: %j', (body, fields) => {
  const message = 'needs the profile hardened: add "profile": "hardened"';
  expect(errorsOf(body)).toEqual(fields.map((field) => ({ field, message })));
});

it('hardened wants a digest of an image whose registry is not asked for it', () => {
  const sources = ['quay.io/airflow:1', 'example.com/airflow:1', `example.com/airflow@sha256:${'0'.repeat(64)}`];
  const images = sources.map((source, index) => ({ source, image: `airflow:${index}` }));
  expect(errorsOf({ profile: 'hardened', images })).toEqual([
    {
      field: 'images.1.source',
      message:
        'must name a digest (registry/repository@sha256:…) in the profile hardened: example.com is not asked which one a tag has',
    },
  ]);
  expect(errorsOf({ images })).toEqual([]);
});
