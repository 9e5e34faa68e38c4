import type { FailureEndpoint, FailureRole } from '../../model/failure.ts';
import { blamedEndpoints, endpointOf } from './blamed.ts';
import { readEndpoint } from './endpoint.ts';
import type { MessageLine } from './prepare.ts';

/**
 * The endpoint that lines around a failure name for it, where the failing line itself names none:
 * the fields of a printed error object, the command that was typed, what was being started or
 * connected to. `index` is that of the failing line.
 */
export const contextEndpoints = (
  lines: readonly MessageLine[],
  index: number,
  role: FailureRole,
): readonly FailureEndpoint[] => {
  const near = lines.slice(Math.max(0, index - 8), index + 14);
  const fields = fieldsOf(near);
  if (fields.length > 0) return fields;
  const before = lines.slice(Math.max(0, index - 6), index).toReversed();
  for (const { masked } of [...before, ...lines.slice(index + 1, index + 4)]) {
    const found = nearby(masked, role);
    if (found.length > 0) return found;
  }
  return [];
};

/**
 * The one endpoint with a port that the lines hold, whatever they say of it; none where they hold
 * two.
 * A server's announcement of its own address says nothing of whom it could not reach.
 */
export const onlyEndpoint = (
  lines: readonly MessageLine[],
  index: number,
  role: FailureRole,
): readonly FailureEndpoint[] => {
  if (role !== 'client') return [];
  const urls = lines
    .slice(Math.max(0, index - 20), index + 20)
    .filter(({ text }) => !announcement.test(text))
    .flatMap(({ masked }) => [...masked.matchAll(urlWithPort), ...masked.matchAll(hostWithPort)])
    .flatMap(({ groups }) => endpointOf(groups));
  const keys = new Set(urls.map(({ host, port }) => `${host ?? ''} ${port ?? ''}`));
  return keys.size === 1 ? urls.slice(0, 1) : [];
};

const urlWithPort =
  /\b(?<endpoint>[a-z][a-z0-9+]{1,12}:\/\/(?:[^\s/@"'<>,;()]{1,80}@)?(?:\[[\da-f:]{2,45}\]|[\w.-]{1,120}):\d{1,5})(?![\d.])/gi;

/** `[localhost:5672]`, `server db:27017`, `bootstrap_servers=['kafka:9092']`. */
const hostWithPort =
  /(?:(?<![\w.:/@-])(?=localhost:|[\d.]{7,15}:|\[[\da-f:]{2,45}\]:)|(?<=(?<![a-z])(?:servers?|brokers?|hosts?|hostname|address|endpoint|connecting|connect|to|url)[=: ('"[]{1,4}))(?<endpoint>\[[\da-f:]{2,45}\]:\d{2,5}|[\w.-]{1,120}:\d{2,5})(?![\d.:])/gi;

const announcement =
  /\b(?:listen(?:ing|s)?|running|started|starting|serving|served|ready|available|local|network|on your network|debugger|proxy created|dashboard|docs|visit|open|accepting)\b/i;

/** `address: '::1',` and `port: 3000` of a Node error, `hostname: 'db'` of a failed look-up. */
const fieldsOf = (lines: readonly MessageLine[]): readonly FailureEndpoint[] => {
  const text = lines.map(({ masked }) => masked).join('\n');
  const address = (addressField.exec(text) ?? listedHost.exec(text))?.groups?.['host'];
  const port = (portField.exec(text) ?? listedPort.exec(text))?.groups?.['port'];
  if (address !== undefined)
    return endpointOf(port === undefined ? { host: address } : { host: address, port });
  const path = pathField.exec(text)?.groups?.['endpoint'];
  if (path !== undefined) return endpointOf({ endpoint: path });
  return port === undefined ? [] : endpointOf({ port });
};

const addressField =
  /^(?:npm (?:error|ERR!)|[\w.-]{1,60} {0,30}\|)?[ {]{0,20}["']?(?:address|hostname|host)["']?: ["'](?<host>[^"'\n]{1,120})["'],?/m;
const listedHost = /^ {0,20}[-*] host {1,10}[>:=] {0,10}(?<host>[\w.:-]{2,120})$/m;
const listedPort = /^ {0,20}[-*] port {1,10}[>:=] {0,10}(?<port>\d{1,5})$/m;

const portField =
  /^(?:npm (?:error|ERR!)|[\w.-]{1,60} {0,30}\|)?[ {]{0,20}["']?port["']?: ["']?(?<port>\d{1,5})["']?[ ,}]{0,3}$/m;
const pathField =
  /^(?:npm (?:error|ERR!)|[\w.-]{1,60} {0,30}\|)?[ {]{0,20}["']?(?:path|url|uri|target_address)["']?: ["'](?<endpoint>(?:[a-z]{2,10}:\/\/|ipv[46]:)[^"'\n]{1,200})["'],?/m;

const nearby = (line: string, role: FailureRole): readonly FailureEndpoint[] => {
  const typed = commandLine.exec(line)?.groups?.['command'];
  if (typed !== undefined) return ofCommand(typed);
  if (urlLine.test(line)) return blamedEndpoints(line);
  const told = (
    role === 'server' ? ownForms : role === 'client' ? dialledForms : [connection]
  ).flatMap((form) => endpointOf(form.exec(line)?.groups));
  if (told.length > 0) return told.slice(0, 1);
  const announced = role === 'server' ? starting : connecting;
  const word = announced.exec(line)?.groups?.['endpoint'];
  if (word === undefined) return role === 'server' ? portOfStart(line) : [];
  const endpoint = readEndpoint(word);
  return endpoint === null ? [] : [{ host: endpoint.host, port: endpoint.port }];
};

const urlLine =
  /^\s{0,20}(?:(?:URL|Target|Host|Server|Address|Endpoint): ?)?https?:\/\/\S{3,300}$/i;

/** `laddr=('127.0.0.1', 2222)` of a socket that Python prints. */
/** `(127.0.0.1:48289 -> 127.0.0.1:5672)`: the peer. */
const connection =
  /[\d.\]]:\d{1,5}(?: ?-> ?|, peer: )(?<endpoint>[\d.]{7,15}:\d{1,5}|\[[\da-f:]{2,45}\]:\d{1,5})/;

const ownForms: readonly RegExp[] = [
  connection,
  /\bladdr=\(['"](?<host>[\w.:%]{1,80})['"], (?<port>\d{1,5})/,
  // The line of source that failed: HTTPServer(("", 8000), Deno.serve({ port: 8000 }, app.run(port=5000)
  /\b(?:bind|listen|HTTPServer|TCPServer|start_server|create_server)\({1,2}["'](?<host>[\w.:%*-]{1,80})["'], ?(?<port>\d{1,5})\b/,
  /\b(?:bind|listen|serve|run|HTTPServer|TCPServer|start_server|create_server|createServer)\([^()]{0,80}?\b(?:port ?[:=] ?|["']["'], ?)(?<port>\d{1,5})\b/,
  /\.(?:listen|run|start|serve)\((?<port>\d{2,5})[,)]/,
];

const dialledForms: readonly RegExp[] = [
  connection,
  // DATABASE_URL=postgres://u:p@db:5432/app, url: jdbc:mysql://127.0.0.1:3306/app
  /\b(?<endpoint>(?:jdbc:[a-z0-9:]{2,40}|postgres(?:ql)?|mysql|mariadb|mongodb(?:\+srv)?|rediss?|amqps?|nats):\/\/[^\s"'<>,;()]{2,200})/,
  // >>> client.connect("127.0.0.1", 1883)
  /^ {0,8}(?:>>>|In \[\d{1,5}\]:|irb\S{0,30}>) .{0,80}(?:connect|connection|client|redis|socket)\w{0,20}\({1,2}(?:host ?= ?)?["'](?<host>[\w.:-]{1,120})["'], ?(?:port ?= ?)?(?<port>\d{1,5})\b/i,
  /\b(?:raddr=|connect(?:ing)? to |connect(?:_ex)?\(|create_connection\()\(['"](?<host>[\w.:%-]{1,120})['"], (?<port>\d{1,5})/,
  /\b(?:received from|with|to) peer (?<endpoint>ipv[46]:[^\s"',;]{3,80})/,
  // curl -v
  /^(?:\*|== Info:) {1,3}Connected to (?<host>\S{1,160}) \(\S{2,60}\) port (?<port>\d{1,5})/,
  /^\*? {0,3}Trying (?<host>[\d.]{7,15}|[\da-f:]{2,45})\.\.\.$/i,
];

/** A prompt, then a program that talks to what it is given. */
const commandLine =
  /^(?:[\w.@:~/-]{0,60} ?[$#%>❯➜] |PS [^>]{1,80}> ?|\$ ?)(?<command>(?:sudo )?(?:curl|wget|http|https|nc|ncat|telnet|ssh|psql|mysql|redis-cli|mongosh?|ruby|python3?|node|deno|bun|openssl|grpcurl|websocat|wscat|ab|hey|ping|xh|php|docker|kubectl|adb|npx|npm|yarn|pnpm|git|postmaster|postgres|redis-server|mongod|mysqld|uvicorn|gunicorn|hypercorn|flask|rails|puma|http-server|serve|vite|caddy|jupyter|streamlit)\b.{0,600})/;

const ofCommand = (command: string): readonly FailureEndpoint[] => {
  const hostOption = /(?:^| )(?:-h|--host)[ =]?(?<host>[\w.:-]{2,120})/.exec(command)?.groups?.[
    'host'
  ];
  const portOption = /(?:^| )(?:-[pP]|--port)[ =]?(?<port>\d{1,5})\b/.exec(command)?.groups?.[
    'port'
  ];
  if (hostOption !== undefined || portOption !== undefined) {
    return endpointOf({ host: hostOption, port: portOption });
  }
  const pair =
    /^(?:sudo )?(?:nc|ncat|telnet)(?: -\w{1,8}){0,4} (?<host>[\w.:-]{2,120}) (?<port>\d{1,5})\b/.exec(
      command,
    );
  return pair === null ? blamedEndpoints(command) : endpointOf(pair.groups);
};

const word = String.raw`["'<(]{0,2}(?<endpoint>[^\s"'<>,;()]{1,160}:\d{1,5}\b)`;

const starting = new RegExp(
  String.raw`\b(?:starting|started|serving|launching|running|listening|binding|bind(?:s|ing)? to)\b(?:.{0,60}\b(?:at|on|to):?)? ${word}`,
  'i',
);

const connecting = new RegExp(
  String.raw`(?:\b(?:socket connection to server|for server|trying|connecting|dialing|connect|requesting|fetching|request|webpage|connection|GET|POST|PUT|HEAD|DELETE|PATCH)(?: to| at)?\b:? |\w\()["']?(?<endpoint>(?:[a-z]{2,10}:\/\/[^\s"'<>,;()]{1,160}|[^\s"'<>,;()]{1,160}:\d{1,5}\b))`,
  'i',
);

/**
 * The one endpoint of a message with the port that the lines around tell: `on port 5432?` in the
 * line below, or the same host in the command that was typed.
 */
export const withPortNearby = (
  endpoint: FailureEndpoint,
  lines: readonly MessageLine[],
  index: number,
  role: FailureRole,
): FailureEndpoint => {
  const below = lines.slice(index + 1, index + 3).map(({ masked }) => masked);
  const asked = below.flatMap(
    (line) => /\bon port (?<port>\d{1,5})\?/.exec(line)?.groups?.['port'] ?? [],
  );
  const [port] = asked.flatMap((text) => endpointOf({ port: text }));
  if (port !== undefined) return { host: endpoint.host, port: port.port };
  const [near] = contextEndpoints(lines, index, role);
  return near !== undefined && near.host === endpoint.host ? near : endpoint;
};

/** `Opening ipv4 listen socket on port 1883.` */
const portOfStart = (line: string): readonly FailureEndpoint[] =>
  endpointOf(
    /\b(?:create|bind|listen|await)\[(?<port>\d{1,5})\]/.exec(line)?.groups ??
      /(?:\b(?:opening|start(?:ed|ing)?|serving|launching|running|listening|binding|bind(?: to)?)\b|#start:).{0,160} port(?:[:=] ?| )(?<port>\d{1,5})\b/i.exec(
        line,
      )?.groups,
  );
