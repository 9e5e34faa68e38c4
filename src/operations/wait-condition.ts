import { failureOfAnswer } from '../diagnose/answer-failure.ts';
import { familyExpected, speaksHttp, speaksTls } from '../diagnose/protocol-names.ts';
import { invalidInput } from '../model/error.ts';
import { isKnown } from '../model/known.ts';
import { nearest } from '../model/nearest.ts';
import { quoted } from '../model/parse-quote.ts';
import type { Conduct, Protocol } from '../model/protocol.ts';
import type { ServerAnswers } from './ask-server.ts';

/** What an endpoint is waited for to speak. */
export type WaitCondition = {
  /** `any`, `tcp`, `tls`, `http`, `https`, or a protocol's id. */
  readonly id: string;
  /** What to ask first; null: nothing is more likely. */
  readonly hint: string | null;
  /** What a client would speak, as a diagnosis takes it; null: not told. */
  readonly expected: string | null;
};

/** Protocols that a wait can be for, beside `tcp`: those that a handshake can tell. */
export const waitableProtocols: readonly string[] = [
  'adb',
  'amqp',
  'cassandra',
  'dap',
  'dns',
  'epmd',
  'ftp',
  'grpc',
  'http',
  'http2',
  'https',
  'imap',
  'kafka',
  'ldap',
  'memcached',
  'mongodb',
  'mqtt',
  'mysql',
  'mysqlx',
  'nats',
  'pop3',
  'postgres',
  'redis',
  'rsync',
  'rtsp',
  'smtp',
  'socks5',
  'ssh',
  'telnet',
  'tls',
  'vnc',
  'x11',
  'zmtp',
  'zookeeper',
];

/**
 * Reads what a wait is for: a word, else a URL's scheme, else whatever answers. A scheme of which no
 * server could be recognised waits for anything. Throws invalid input for a word that is no protocol
 * that can be told.
 */
export const conditionFor = (word: string | null, scheme: string | null): WaitCondition => {
  if (word === null) return conditionOf(scheme === null ? null : idOf(scheme));
  const id = idOf(word.toLowerCase());
  if (id !== null) return conditionOf(id);
  const known = ['tcp', ...waitableProtocols, ...Object.keys(aliases)];
  const meant = nearest(word.toLowerCase(), known);
  throw invalidInput(
    `${quoted(word)} is nothing that can be waited for`,
    meant === null ? `one of tcp, ${waitableProtocols.join(', ')}` : `did you mean ${meant}?`,
  );
};

const conditionOf = (id: string | null): WaitCondition => {
  if (id === null) return { id: 'any', hint: null, expected: null };
  return id === 'tcp' ? { id, hint: null, expected: null } : { id, hint: id, expected: id };
};

const idOf = (word: string): string | null => {
  const known = [word, aliases[word], familyExpected(word)];
  return known.find((one) => one === 'tcp' || waitableProtocols.includes(one ?? '')) ?? null;
};

/** Beside the names that `familyExpected` knows. */
const aliases: Readonly<Record<string, string | undefined>> = {
  ws: 'http',
  wss: 'https',
  http1: 'http',
  h2c: 'http2',
  pg: 'postgres',
  mongo: 'mongodb',
  rabbitmq: 'amqp',
};

/**
 * Whether what answered is what was waited for: null where it is, else what was met, as the end of a
 * sentence. An answer counts by the same judgement as in a diagnosis: HTTP below status 500, since a
 * proxy says 502 before its server is up; who says that it still loads does not.
 */
export const answersAs = ({ id, expected }: WaitCondition, answered: Answers): string | null => {
  const { protocol, application } = answered;
  if (protocol.status === 'unrecognised') {
    if (id === 'any' && protocol.conduct === 'answered') return null;
    return unansweredText(answered) ?? conductText(protocol.conduct);
  }
  if (protocol.status !== 'identified') return protocol.why;
  if (!isMeant(id, protocol)) return `${protocol.name} answers`;
  if (id === 'tls') return null;
  const counted = { expected, program: null, protocol, application, mustAnswer: true };
  if (failureOfAnswer(counted) !== null) return failureText(protocol, answered);
  return application === null ? statusText(protocol) : null;
};

/** Why the application gave no answer; null where it gave one, or was not asked. */
const unansweredText = ({ application }: Answers): string | null =>
  application === null || isKnown(application.value) ? null : (application.value.why ?? null);

const failureText = ({ name }: Identified, answered: Answers): string => {
  const { application } = answered;
  if (application !== null && isKnown(application.value)) {
    return `HTTP answers with ${application.value.status}`;
  }
  if (application?.unanswered === 'not-http') return `${name} answers, and no HTTP/1.1`;
  return unansweredText(answered) ?? `${name} answers that it is still loading`;
};

/** What was met of a server. */
export type Answers = Pick<ServerAnswers, 'application'> & { readonly protocol: Protocol };

/** A version of HTTP that was asked by its handshake alone tells its status there. */
const statusText = ({ details }: Identified): string | null =>
  Number(details['status'] ?? '0') >= 500 ? `HTTP answers with ${details['status']}` : null;

const conductText = (conduct: Conduct | undefined): string =>
  conduct === undefined ? 'something answers that is not known' : conducts[conduct];

const conducts: Readonly<Record<Conduct, string>> = {
  silent: 'it accepts connections, and answers nothing',
  answered: 'something answers that is not known',
  closed: 'it closes connections without an answer',
  'closed-at-once': 'it closes connections at once',
};

type Identified = Extract<Protocol, { status: 'identified' }>;

const isMeant = (id: string, protocol: Identified): boolean => {
  const isHttp = speaksHttp(protocol) || protocol.id === 'grpc';
  switch (id) {
    case 'any':
      return true;
    case 'tls':
      return speaksTls(protocol);
    case 'http':
      return isHttp && !speaksTls(protocol);
    case 'https':
      return isHttp && protocol.tls !== null;
    case 'http2':
      return protocol.id === id || protocol.details['over'] === 'HTTP/2';
    default:
      return protocol.id === id;
  }
};
