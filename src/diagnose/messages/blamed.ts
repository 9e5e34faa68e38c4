import type { FailureEndpoint } from '../../model/failure.ts';
import { portOf, readEndpoint, type WrittenEndpoint } from './endpoint.ts';

/** The endpoints that a line blames: those of its call, else the likeliest of any in it, else none. */
export const blamedEndpoints = (line: string): readonly FailureEndpoint[] => {
  const sure = endpointsOfCall(line);
  return sure.length > 0 ? sure : likeliest(line);
};

/** All endpoints that stand beside the call that failed; empty where the line has no such form. */
export const endpointsOfCall = (line: string): readonly FailureEndpoint[] => {
  for (const form of forms) {
    const found = [...line.matchAll(form)].flatMap(({ groups }) => endpointOf(groups));
    if (found.length > 0) return found;
  }
  return [];
};

/** What the named groups of a pattern make: `endpoint`, or `host` and `port`; empty for neither. */
export const endpointOf = (
  groups: Readonly<Record<string, string | undefined>> | undefined,
): readonly FailureEndpoint[] => {
  const { endpoint, host, port } = groups ?? {};
  if (endpoint !== undefined) return bare(readEndpoint(endpoint, true));
  if (host === undefined && port === undefined) return [];
  const named = host === undefined ? null : readEndpoint(host, true);
  const number = portOf(port) ?? named?.port ?? null;
  const name = named?.host ?? null;
  return name === null && number === null ? [] : [{ host: name, port: number }];
};

const bare = (endpoint: WrittenEndpoint | null): readonly FailureEndpoint[] =>
  endpoint === null || (endpoint.host === null && endpoint.port === null)
    ? []
    : [{ host: endpoint.host, port: endpoint.port }];

const word = String.raw`[^\s"'\x60<>,;()]{1,160}`;
const withPort = String.raw`[^\s"'\x60<>,;()]{0,120}:\d{1,5}\b`;
const hostWord = String.raw`[\w.:%*-]{0,119}[\w%*]`;

/** Each says which endpoint failed; the surest first. */
const forms: readonly RegExp[] = [
  // Node: connect ECONNREFUSED ::1:3000, listen EACCES: permission denied 127.0.0.1:81
  new RegExp(
    String.raw`\b(?:connect|listen|bind|send) E[A-Z]{3,14}:?(?: (?:address already in use|permission denied|address not available|operation not permitted|connection refused|unknown error))?:? "?(?!(?:permission|address|operation|connection|unknown)\b)(?<endpoint>${word})`,
    'g',
  ),
  /\b(?:listen|bind) E[A-Z]{3,14}: permission denied "(?<port>\d{1,5})"/g,
  // getaddrinfo ENOTFOUND db, getaddrinfo EAI_AGAIN db:5432, lookup db on 127.0.0.11:53
  /\b(?:getaddrinfo|queryA|querySrv|queryAaaa|queryTxt) (?:ENOTFOUND|EAI_AGAIN|ESERVFAIL|ENODATA|ETIMEOUT|ECONNREFUSED|EAI_FAIL) (?:(?<!\w)[\w.-]{1,120} )?(?<endpoint>[\w.:-]{1,160})/g,
  /\blookup (?<host>[\w.-]{1,160})(?: on [\w.:[\]]{1,60})?: (?:no such host|server misbehaving|temporary failure|i\/o timeout|Temporary)/gi,
  // Go: dial tcp [::1]:80, listen tcp :80, read tcp a->b
  new RegExp(
    String.raw`\b(?:dial|listen) (?:tcp|udp)[46]?:? (?!(?:lookup|connect|bind|i\/o)\b)(?<endpoint>${word})`,
    'g',
  ),
  new RegExp(String.raw`\b(?:read|write) (?:tcp|udp)[46]? ${word}->(?<endpoint>${word})`, 'g'),
  // a -> b: the peer
  /(?<![\w.:])(?:[\d.]{7,15}|\[[\da-f:]{2,45}\]):\d{1,5} ?-> ?(?<endpoint>(?:[\d.]{7,15}|\[[\da-f:]{2,45}\]):\d{1,5})/g,
  // Ruby: bind(2) for "127.0.0.1" port 3000, connect(2) for localhost:80
  new RegExp(
    String.raw`\b(?:bind|connect|getaddrinfo)\(2?\) (?:for|to) "?(?<host>[\w.:%-]{1,120})"? port (?<port>\d{1,5})`,
    'g',
  ),
  new RegExp(String.raw`\b(?:bind|connect)\(2?\) (?:for|to) "?(?<endpoint>${word})`, 'g'),
  // connect to clamd on localhost: the service's name stands between
  /\bconnect(?:ing)? to (?:the )?[\w-]{2,30} (?:on|at) (?<host>localhost|[\d.]{7,15}|[\w-]{1,60}(?:\.[\w-]{1,60}){1,6})(?=[:,.;]? |[:.;]?$)/gi,
  // Prisma: `localhost`:`5432`; Dart: Failed host lookup: 'db'
  /`(?<host>[\w.:-]{1,120})`:`(?<port>\d{1,5})`/g,
  /\bhost lookup: '(?<host>[\w.-]{1,160})'/g,
  /\b(?:server|database|host|broker|cluster) (?:at|on) `(?<host>[\w.:-]{1,120})`(?!:)/g,
  /\b[Uu]nknown ?[Hh]ost: (?<host>[\w-]{1,60}(?:\.[\w-]{1,60}){1,6})(?![\w.]\w)/g,
  // Bash: /dev/tcp/127.0.0.1/80
  /\/dev\/(?:tcp|udp)\/(?<host>[^\s/]{1,120})\/(?<port>\d{1,5})/g,
  // gRPC: ipv4:127.0.0.1:80, ipv6:%5B::1%5D:80
  /\b(?<endpoint>ipv[46]:[^\s"',;]{1,80}:\d{1,5})/g,
  // Hadoop: from a/10.0.0.1 to b:9000 failed
  new RegExp(String.raw`\bfrom {1,3}\S{1,120}/[\d.]{1,20} to (?<endpoint>${withPort})`, 'gi'),
  // Python: host='localhost', port=8000 and ('127.0.0.1', 8000)
  /\bhost ?[=:] ?["'](?<host>[\w.:%-]{1,120})["'], {0,3}port ?[=:] ?(?<port>\d{1,5})/g,
  /(?<!laddr=)[([]["'](?<host>[\w.:%*-]{0,120})["'], ?(?<port>\d{1,5})[,)\]]/g,
  // The BEAM: {'127.0.0.1', 8080}, {:to_address, {~c"localhost", 80}}
  /\{(?:~c)?["'](?<host>[\w.:-]{1,120})["'], ?(?<port>\d{1,5})\}/g,
  /\{\{(?<host>[\d.]{7,15})\}, ?(?<port>\d{1,5})\}/g,
  // A structured log line: "address":"::1","port":5432
  /"(?:address|host|hostname)\\?": ?\\?"(?<host>[\w.:%-]{1,120})\\?", ?\\?"port\\?": ?\\?"?(?<port>\d{1,5})/g,
  // [::]:80: Permission denied
  new RegExp(
    String.raw`(?<![\w.:/])(?<endpoint>${withPort})[:\]]? ?[:—–-]? ?(?:\[(?:Errno|WinError) |An attempt was made to|Only one usage|Address (?:already )?in use|Permission denied|Connection (?:refused|reset|timed out)|No route to host|Network is unreachable|Can(?:not|'t) assign|Operation (?:not permitted|timed out)|Host is (?:down|unreachable)|Name or service not known)`,
    'gi',
  ),
  // host "localhost" (127.0.0.1) and … port 5432; localhost port 8080; localhost (127.0.0.1:80)
  new RegExp(
    String.raw`["'\x60]?(?<![\w.:-])(?![\w-]{1,100}, port \d{1,5} is\b)(?<host>(?=[^\s:]{0,60}[.\d]|[\da-f]{0,4}:[\da-f:]|localhost|(?<=[\"'\x60])|(?<=\b(?:to|host|hostname|at|by|from|for|server|name|on|with|of|address|reach|database|broker|proxy)[ :=]{1,2}))(?!on\b|to\b|at\b|for\b|the\b|tcp|udp|server\b|local\b|your\b|this\b|that\b|and\b|same\b|its?\b|an?\b|bind\b|listen\b|with\b|source\b|in\b|use\b|via\b|is\b|HTTP\b|HTTPS\b|same\b|remote\b|specified\b|another\b|address\b|of\b|host\b|default\b|any\b|available\b|using\b|requested\b|proxy\b|TLS\b|API\b|debug\b|dev\b|web\b|service\b|database\b|container\b|localport\b|connect\b|listener\b|distribution\b|agent\b|http\b|grpc\b|management\b|amqp\b|debugger\b)${hostWord})["'\x60]?(?: \([\d.:a-f]{1,60}\))?(?:,| and| and accepting TCP/IP connections on)?(?: tcp| on| TCP/IP| at)? port:? ?(?:number )?["'\x60]?(?<port>\d{1,5})\b`,
    'gi',
  ),
  // Android: localhost/127.0.0.1 (port 8081)
  new RegExp(String.raw`(?<host>[\w.-]{0,120}/[\w.:]{2,60}) \(port (?<port>\d{1,5})\)`, 'g'),
  // Address already in use: 0.0.0.0:80, Connection refused: localhost/127.0.0.1:80
  new RegExp(
    String.raw`(?:in use|refused|timed out|unreachable|no route to host|denied|requested address|by peer)(?: for socket)?:? ?(?:JVM_Bind |connect |bind )?[([]?(?<endpoint>${withPort})`,
    'gi',
  ),
  // to connect to 10.0.0.1:80, binding to [::]:80, connection to http://localhost:80/
  new RegExp(
    String.raw`\b(?:connect(?:ing|ion|x)?(?:\(\))?|bind(?:ing)?(?:\(\))?|listen(?:ing)?(?:\(\))?|request|reach|broker|server|upstream|proxy|backend|dial|socket|node|reconnect(?:ing)?)(?![\w.-])(?: (?:failed|error|attempt|address|socket|server|proxy|broker|listener|the|a|an|at|url|host|refused|timed out))?(?: (?:to|on|at|for|of|with|from))?(?: (?:address|server|host|endpoint|tcp|port|addr|url|proxy|upstream|node|broker))?:? ?["'\x60(\[]{0,2}(?<![a-z]:|[a-z](?=:))(?<endpoint>(?:[a-z][a-z0-9+.:-]{1,30}:/{2})?${withPort})`,
    'gi',
  ),
];

/** Of all in a line: with a port before without, then the first; last a lone port. */
const likeliest = (line: string): readonly FailureEndpoint[] => {
  const written = line
    .slice(0, 4200)
    .split(/[\s"'`<>,;(){}|=\\]/)
    .flatMap((part) => readEndpoint(part) ?? [])
    .filter(
      ({ form, host, port }) =>
        form !== 'port' && (port !== null || form === 'url' || host !== '*'),
    );
  const best = written.find(({ port }) => port !== null) ?? loneName(line, written);
  return best === null ? lonePort(line) : [{ host: best.host, port: best.port }];
};

/** Without a port in a word a lone `port 3000` says more than a name. */
const loneName = (line: string, written: readonly WrittenEndpoint[]): FailureEndpoint | null => {
  const [first] = written.filter(({ form }) => form !== 'name');
  if (first === undefined) return null;
  const [port] = lonePort(line);
  return { host: first.host, port: first.form === 'url' ? null : (port?.port ?? null) };
};

const lonePort = (line: string): readonly FailureEndpoint[] => {
  for (const form of portForms) {
    const port = portOf(form.exec(line)?.groups?.['port']);
    if (port !== null) return [{ host: null, port }];
  }
  return [];
};

const portForms: readonly RegExp[] = [
  /\bports?(?: number)?[ :=#(]{1,3}["'`([{]{0,3}(?<port>\d{1,5})\b(?!\.\d)/i,
  /\bports?(?:\(s\))? already bound: (?<port>\d{1,5})\b/i,
  /\btcp(?: port)?[ :/]{1,2}(?<port>\d{2,5})\b(?!\.\d)/i,
  /(?:^|[\s([*]|(?<![\w\\])["'`])(?:\*|0)?:(?<port>\d{2,5})\b(?![:.]\d)/,
  /\b(?<port>\d{2,5})\/(?:tcp|udp)\b/i,
];
