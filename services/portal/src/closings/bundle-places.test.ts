import { ProblemError } from '@effectstroom/runtime';
import { expect, test } from 'vitest';
import { BundlePlaces } from './bundle-places.ts';

test('two bundles at a time, and a place is given back once', () => {
  const places = new BundlePlaces();
  const [first] = [places.take(), places.take()];
  expect(() => places.take()).toThrow(ProblemError);
  first?.();
  first?.();
  places.take();
  expect(() => places.take()).toThrow('2 bundles are being made already: ask again later');
});
