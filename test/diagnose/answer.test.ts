import { describe, expect, it, test } from 'vitest';
import { answerOf, answerWithoutEndpoint } from '../../src/diagnose/answer.ts';
import { classWords } from '../../src/diagnose/class-words.ts';
import type { Cause, Symptom } from '../../src/model/diagnosis.ts';
import { endpointFacts } from '../support/diagnosis-facts.ts';
import { oneProcess, socket } from '../support/scene.ts';
import { served, spoken } from './checks/connect-outcome.ts';

const cause: Cause = {
  id: 'x',
  severity: 'warning',
  title: 'the cat has it',
  evidence: [],
  benignCauses: [],
  actions: [],
  stage: null,
  explains: true,
};
const symptom: Symptom = { class: 'timeout', role: 'client', from: 'attempt' };

test('the first cause is the answer where it explains', () => {
  expect(answerOf('explained', [cause], endpointFacts('127.0.0.1:1'))).toBe('the cat has it');
  expect(answerWithoutEndpoint('explained', [cause], symptom)).toBe('the cat has it');
});

test('what was met is the answer where nothing explains it', () => {
  const facts = endpointFacts('[::1]:80', { facts: { symptom } });
  expect(answerOf('unexplained', [], facts)).toBe(
    '[::1]:80: nothing answers in time, and no check says why',
  );
});

describe('where it works', () => {
  it('a server that was not recognised accepts', () => {
    const facts = served('127.0.0.1:3000', { status: 'unrecognised', evidence: [] });
    expect(answerOf('works', [], facts)).toBe(
      '127.0.0.1:3000 works as far as it could be tried: server (pid 101) accepts connections',
    );
  });

  it('a server that nobody saw is it', () => {
    const facts = served('127.0.0.1:3000', spoken('ssh'), { sockets: [] });
    expect(answerOf('works', [], facts)).toBe('127.0.0.1:3000 works: it answers in ssh');
  });

  it('a server that was not asked listens, and why it was not asked', () => {
    const facts = endpointFacts('127.0.0.1:3000', {
      sockets: [socket(10, { local: { address: '127.0.0.1', port: 3000 } })],
      holders: { 10: [101] },
      processes: [oneProcess(101, 1, { comm: 'nc' })],
      facts: {
        protocol: { value: { status: 'not-probed', why: 'it ends at once' }, durationMs: 0 },
      },
    });
    expect(answerOf('works', [], facts)).toMatch(
      /^nothing speaks against 127\.0\.0\.1:3000: .*pid 101.* listens, and was not asked: it ends at once$/,
    );
  });

  it('nobody seen and nobody asked is not much', () => {
    expect(answerOf('works', [], endpointFacts('203.0.113.1:80'))).toBe(
      'nothing is wrong with 203.0.113.1:80 as far as it was looked at',
    );
  });
});

test.each(Object.entries(classWords))('%s stands within a sentence: %s', (_, words) => {
  expect(words).toMatch(/^(?!The |A |No )[^\n.!?]+[^\s.!?]$/);
});
