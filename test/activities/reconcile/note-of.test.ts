import { expect, it } from 'vitest';
import { noteOf } from '../../../src/activities/reconcile/note-of.ts';
import { AS_WANTED, aResource } from '../../support/a-resource.ts';

it('a note is reported where there is one', () => {
  expect(noteOf(aResource(AS_WANTED, { note: () => 'careful' }), AS_WANTED, [])).toEqual({ note: 'careful' });
  expect(noteOf(aResource(AS_WANTED, { note: () => undefined }), AS_WANTED, [])).toStrictEqual({});
  expect(noteOf(aResource(AS_WANTED), AS_WANTED, [])).toStrictEqual({});
});
