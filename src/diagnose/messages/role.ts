import type { FailureClass, FailureRole } from '../../model/failure.ts';
import type { Hit } from './hits.ts';
import type { MessageLine } from './prepare.ts';

/** Which end wrote it: the rule knows, or the words of its line and those around, or the class. */
export const roleOf = (told: Hit, lines: readonly MessageLine[]): FailureRole => {
  if (told.role !== null) return told.role;
  const socket = roleOfPorts(lines[told.index]?.masked ?? '');
  if (socket !== null) return socket;
  const last = lines.slice(Math.max(0, told.index - 1), told.index + 1);
  if (told.class === 'name-not-resolved' && last.some(({ text }) => binds.test(text))) {
    return 'server';
  }
  const usual = usualRole[told.class];
  if (usual !== undefined) return usual;
  const near = lines.slice(Math.max(0, told.index - 4), told.index + 5).map(({ text }) => text);
  for (const texts of [[lines[told.index]?.text ?? ''], near]) {
    if (texts.some((text) => serves.test(text))) return 'server';
    if (texts.some((text) => dials.test(text))) return 'client';
  }
  return otherwise[told.class] ?? 'unknown';
};

/**
 * Of `write tcp 10.0.0.1:8080->10.0.0.2:40238` the end with the port that was not picked for it
 * serves (Linux picks from 32768 on, net.ipv4.ip_local_port_range).
 */
const roleOfPorts = (line: string): FailureRole | null => {
  const ports = /:(?<own>\d{2,5}) ?- ?> ?\S{2,60}:(?<peer>\d{2,5})\b/.exec(line)?.groups;
  const own = Number(ports?.['own']) >= 32_768;
  const peer = Number(ports?.['peer']) >= 32_768;
  if (ports === undefined || own === peer) return null;
  return peer ? 'server' : 'client';
};

const serves =
  /\b(?:bind(?:ing|s)?|listen(?:er|ing)?|accept4?|server (?:failed to (?:start|bind|listen)|error|socket)|http2: server|from client|unable to start|could not start|serversocket|initandlisten|uvicorn|gunicorn|runserver|uwsgi\w{0,60}|socketserver|basehttp|wsgiref|processing (?:of )?request from|reading client request|broken pipe from|probably the client|client (?:disconnected|aborted|closed)|clientabort\w{1,20}|\w{1,40}::server|authentication failed from|client address)\b/i;

/** A name that is looked up in order to listen at its address. */
const binds =
  /\bbind\(|\blisten (?:tcp|udp|E[A-Z])|\b(?:could not|cannot|can't|failed to|unable to) (?:bind|listen)\b/i;

const dials =
  /\b(?:connect(?:ing|ion(?! (?:reset|was|is|aborted|forcibly|timed|closed))|ed to)?|socket to|dial|request(?:s|ing)?|fetch(?:ing)?|recv|upstream|client|get|post|curl|urlopen)\b/i;

const usualRole: Partial<Record<FailureClass, FailureRole>> = {
  'connection-refused': 'client',
  'address-in-use': 'server',
  'name-not-resolved': 'client',
  'tls-untrusted': 'client',
  'tls-mismatch': 'client',
  'tls-on-http-port': 'client',
  'http-on-tls-port': 'client',
  'proxy-error': 'client',
  'host-not-allowed': 'server',
  'port-in-excluded-range': 'server',
  'unsafe-port': 'client',
  'container-unpublished': 'client',
  unreachable: 'client',
  timeout: 'client',
};

const otherwise: Partial<Record<FailureClass, FailureRole>> = {
  'permission-denied': 'server',
  'address-not-available': 'server',
  'wrong-protocol': 'client',
};
