import type { EcosystemMessages, MessageRule } from '../ecosystem.ts';
import { failureTexts } from '../failure-texts.ts';

const sockets =
  /\b(?:bind|binding|listen|listening|connect|connecting|dial|socket|sockets|port|ports|tcp|udp|endpoint|sendto|accept|server|serve|sock|expose|network|uvicorn)\b|:\d{2,5}\b|\bEACCES:? ?$/i;

const files =
  /\b(?:open|mkdir|unlink|scandir|rename|r?mdir|l?stat|chmod|chown|spawn|exec\w{0,4}|readdir|copyfile|symlink|access|publickey|cannot open|can't open|directory|password|docker\.sock|read-only|log file|\.log|could not open|fopen|config file)\b|, '?\/|: '[^']{1,300}'|permission denied \((?:publickey|password|keyboard|gssapi)|\/[\w.-]{1,80}: Permission denied/i;

const ofNetwork = (line: string, text: string): boolean =>
  !files.test(line) && (sockets.test(line) || /\b(?:bind|socket\.py|listen|connect)\b/i.test(text));

const denied: readonly MessageRule[] = [
  {
    pattern:
      /forbidden by its access permissions|\b(?:winerror|socketexception|error|errno)[ :=(]{1,3}10013\b|\bWSAEACCES\b/i,
    class: 'permission-denied',
  },
  {
    pattern:
      /permission denied|\bEACCES\b|\bEPERM\b|PermissionDenied|operation not permitted|:eacces\b|access denied|requires (?:root|elevated|administrator) (?:privileges|access)/i,
    class: 'permission-denied',
    when: ofNetwork,
  },
];

/** Failures told without a kernel's word, in phrases that many programs share. */
const phrases: readonly MessageRule[] = [
  {
    pattern: /\bport (?<port>\d{1,5}) is not open on (?<host>[\w.-]{1,160}).{0,60}could not start/i,
    class: 'address-in-use',
    role: 'server',
  },
  {
    pattern:
      /\b(?:cannot|can't|could not|unable to|failed to) find (?:an? )?(?:empty|free|available|open|unused) port(?:s? in range:? (?<port>\d{1,5}))?/i,
    class: 'address-in-use',
    role: 'server',
  },
  {
    pattern:
      /\b(?:unable|failed|cannot|can't|could not|couldn't) (?:to )?(?:create|open|start|set up) (?:\w{1,20} ){0,3}?(?:listener|listening socket|listen socket|server socket) (?:on|for|at) (?:port )?(?<endpoint>[\w.:[\]*-]{2,120})/i,
    class: 'address-in-use',
    role: 'server',
    weak: true,
  },
  {
    pattern: /\bbinding fd \d{1,6} to port (?<port>\d{1,5}) \((?:-?\d{1,4} )?(?<cause>\d{2,6})\)/i,
    class: 'address-in-use',
    role: 'server',
  },
  {
    pattern:
      /\ball ports (?:from |between |in (?:the )?range )?(?<port>\d{1,5}) ?(?:to|and|-|–) ?\d{1,5} (?:are |were )?(?:already )?(?:in use|taken|used|busy|occupied)/i,
    class: 'address-in-use',
    role: 'server',
  },
  {
    pattern:
      /\b(?:unable|failed|cannot|can't|could ?n[o']t|couldn't|not able) (?:to )?(?:bind|listen)\b.{0,120}(?:already running|in use)/i,
    class: 'address-in-use',
  },
  {
    pattern:
      /\b(?:proxy error|error (?:occurred )?while (?:trying to )?proxy(?:ing)?|failed to proxy|could not proxy)\b/i,
    class: 'proxy-error',
  },
  {
    pattern:
      /\b(?:could not|cannot|can't|unable to|failed to) connect through proxy (?<endpoint>\S{3,160})/i,
    class: 'proxy-error',
    role: 'client',
  },
  {
    pattern: /\b(?:407 )?proxy authentication required\b/i,
    class: 'proxy-error',
    role: 'client',
  },
  {
    pattern: /\b(?:502 bad gateway|bad gateway \(502\)|504 gateway time-?out)\b/i,
    class: 'proxy-error',
    weak: true,
  },
  {
    pattern:
      /\bplain HTTP request was sent to HTTPS port|sent an HTTP request to an HTTPS server|speaking plain HTTP to an SSL-enabled|\bhttp request\b.{0,20}ssl routines|ssl routines:.{0,60}:http request|ssl routines::http request|HTTP_REQUEST\]/i,
    class: 'http-on-tls-port',
    role: 'server',
  },
  {
    pattern:
      /server gave HTTP response to HTTPS client|first record does not look like a TLS handshake|looks like an HTTP (?:response|request)|https proxy request.{0,40}http\b/i,
    class: 'tls-on-http-port',
    role: 'client',
  },
  {
    pattern:
      /bad request version \(|invalid method in request \\x16|code 400, message Bad (?:request|HTTP)|\\x16\\x03[\\x0-9]{2,8}|invalid character found in method name \[0x16|accessing the development server over https/i,
    class: 'tls-on-http-port',
    role: 'server',
  },
  {
    pattern:
      /malformed HTTP (?:response|status|version)|received HTTP\/0\.9|HPE_INVALID_\w{4,20}|(?:parse error: |message=['"])expected http|response does not match the HTTP|HTTPParserError|connect an http1\.x server|ERR_HTTP2_ERROR\]?: Protocol error|NGHTTP2_PROTOCOL_ERROR|Frame size \d{5,12} exceeds|\bframe (?:too large|size) .{0,40}http|bad ?status ?line|invalid http (?:response|version|status)|not a valid HTTP|respond with a valid HTTP|unexpected (?:HTTP|protocol) (?:response|version)|bogus greeting|server preface|client preface|http2: frame too large|illegal(?: status)? line|protocol mismatch|bad (?:protocol|packet) (?:version|type)|unsupported protocol|invalid (?:protocol|packet|magic|handshake|greeting)\b|wrong protocol|protocol wrong type/i,
    class: 'wrong-protocol',
  },
  {
    pattern:
      /\b(?:invalid host(?: header)?|host(?:name)? (?:header )?(?:is )?(?:not allowed|not permitted|not trusted|blocked)|blocked hosts?|disallowed ?host|untrusted host|host "?[\w.:-]{1,120}"? is not (?:allowed|trusted|permitted))\b(?:.{0,20}?["':] ?(?<endpoint>[\w.:[\]-]{3,160}))?/i,
    class: 'host-not-allowed',
    role: 'server',
  },
  {
    pattern:
      /\b(?:unsafe|restricted|bad|blocked) port\b|restricted network port|port access not allowed|\bport blocked\b/i,
    class: 'unsafe-port',
    when: (line) => /fetch|url|http|net|browser|request|cause|error/i.test(line),
  },
  {
    pattern:
      /\bno public port\b.{0,60}published|has no published ports|port is not (?:mapped|published)|not (?:mapped|published) to (?:the )?host/i,
    class: 'container-unpublished',
  },
  {
    pattern:
      /\b(?:unable|failed|cannot|can ?not|can't|could ?not|couldn't|could n't)(?: to)? (?:open |establish |make |create )?(?:a |an |the |new |any )?(?:\w{1,20} ){0,2}?(?:re)?connect(?:ion)?\b/i,
    class: 'connection-refused',
    weak: true,
  },
  {
    pattern:
      /\b(?:connection (?:to|attempt to|with) .{1,160} (?:failed|could not be (?:established|made))|connection (?:failed|failure)\b|connect(?:ion)? error\b|connect\(\) failed|failed to fetch\b|fetch failed\b|(?:can't|cannot|could not|unable to|failed to) reach\b|(?:error|fail(?:ed|ure)?|problem) (?:while |when )?connecting\b|no connection (?:could be )?(?:made|established)|ConnectError\b|connection_error|connection to ["'`]?(?:(?<endpoint>[\w.:-]{2,160}?)["'`]? )?is not (?:available|possible)\b)/i,
    class: 'connection-refused',
    weak: true,
  },
  {
    pattern:
      /\b(?:unable|failed|cannot|can ?not|can't|could ?not|couldn't) (?:to )?(?:bind|listen)\b/i,
    class: 'address-in-use',
    weak: true,
    role: 'server',
  },
  { pattern: /\bSSL_ERROR_SSL\b/, class: 'tls-mismatch', weak: true },
  {
    pattern:
      /\b(?:unexpected EOF|connection (?:was )?(?:closed|lost|terminated)|connection to \S{1,160} (?:was )?(?:lost|broken))\b/i,
    class: 'connection-reset',
    weak: true,
  },
];

const told: readonly MessageRule[] = failureTexts.map(({ class: named, pattern }) => ({
  class: named,
  pattern,
}));

const isWeak = ({ weak }: MessageRule): boolean => weak === true;

/** A time that ran out says less than why it did, and vague phrases say least. */
const isTimeout = (rule: MessageRule): boolean => rule.class === 'timeout';

/** The words of the kernel and the C library, and phrases that belong to nobody. */
export const system: EcosystemMessages = {
  id: 'system',
  marks: [],
  rules: [
    ...phrases.filter((rule) => !isWeak(rule)),
    ...told.filter((rule) => !isTimeout(rule)),
    ...denied,
    ...told.filter(isTimeout),
    ...phrases.filter(isWeak),
  ],
};
