import { expect, test } from 'vitest';
import { listenerKey } from '../../../../src/explain/listener-key.ts';
import { emptyWatch, markMs, shownAt, takeFrame } from '../../../../src/faces/cli/watch/marks.ts';
import { inetListener } from '../support/literals.ts';

const one = inetListener({ port: 1 });
const two = inetListener({ port: 2 });
const first = takeFrame(emptyWatch, { listeners: [one], appeared: [], vanished: [] }, 0);

test('the first frame marks nothing', () => {
  expect(shownAt(first, 0)).toEqual({ listeners: [one], marks: new Map() });
});

test('what came is marked for a while', () => {
  const state = takeFrame(
    first,
    { listeners: [one, two], appeared: [listenerKey(two)], vanished: [] },
    1000,
  );
  expect(shownAt(state, 1000).marks).toEqual(new Map([[listenerKey(two), 'came']]));
  expect(shownAt(state, 1000 + markMs).marks).toEqual(new Map());
});

test('what went stays for a while, marked', () => {
  const state = takeFrame(
    first,
    { listeners: [], appeared: [], vanished: [listenerKey(one)] },
    1000,
  );
  expect(shownAt(state, 1000)).toEqual({
    listeners: [one],
    marks: new Map([[listenerKey(one), 'went']]),
  });
  expect(shownAt(state, 1000 + markMs)).toEqual({ listeners: [], marks: new Map() });
});

test('what comes again is shown once', () => {
  const gone = takeFrame(
    first,
    { listeners: [], appeared: [], vanished: [listenerKey(one)] },
    1000,
  );
  const back = takeFrame(
    gone,
    { listeners: [one], appeared: [listenerKey(one)], vanished: [] },
    2000,
  );
  expect(shownAt(back, 2000)).toEqual({
    listeners: [one],
    marks: new Map([[listenerKey(one), 'came']]),
  });
});
