import type { FailureClass } from '../../model/failure.ts';

/** What the kernel, the C library and TLS libraries say, in order: the more special stands first. */
export type FailureText = { readonly class: FailureClass; readonly pattern: RegExp };

/** The class that the texts or numbers of the system's errors tell; null where there is none. */
export const classOfCause = (cause: string): FailureClass | null =>
  failureTexts.find(({ pattern }) => pattern.test(cause))?.class ??
  (denied.test(cause) ? 'permission-denied' : null);

const denied =
  /permission denied|\bEACCES\b|\beacces\b|operation not permitted|PermissionDenied|forbidden by its access|\b(?:10013|\(13\))\b|^\(?13\b|access denied/i;

/** `[Errno 111]`, `os error 98`, `errno=61`, `WinError 10048`, `(111: Connection …`. */
const numbered = (numbers: string): string =>
  String.raw`(?:\b(?:errno|os ?error|winerror|winsock error|wsa ?error|socketexception|error code|system error|with error|error)[ :=#(]{1,3}-?(?:${numbers})\b(?![.:%]\d)|\((?:${numbers}): [A-Z]|^[\[(]?(?:${numbers})[\])]?$|\bcode: (?:${numbers}), kind)`;

const inAnyCase = (...alternatives: readonly string[]): RegExp =>
  new RegExp(alternatives.join('|'), 'i');

const untrusted = inAnyCase(
  'self[- ]signed certificate',
  'certificate (?:verify failed|verification failed|has expired|is not yet valid|is not trusted|is not valid|has been revoked|unknown|required)',
  'certificate signed by unknown authority',
  'unable to (?:get local issuer|verify the first|get issuer) certificate',
  String.raw`x509: (?:certificate|cannot validate|negative serial)`,
  'invalid peer certificate',
  'PKIX path (?:building|validation) failed',
  'unable to find valid certification path',
  String.raw`\b(?:DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_VERIFY_LEAF_SIGNATURE|UNABLE_TO_GET_ISSUER_CERT(?:_LOCALLY)?|CERT_HAS_EXPIRED|CERT_NOT_YET_VALID|ERR_TLS_CERT_ALTNAME_INVALID|CERTIFICATE_VERIFY_FAILED|CertificateExpired|UnknownIssuer|CERT_UNTRUSTED)\b`,
  String.raw`does not match certificate'?s? (?:altnames|common name|subject)`,
  'no alternative certificate subject name matches',
  "hostname '[^']{1,120}' doesn't match",
  'certificate is not valid for',
  'remote certificate (?:is invalid|was rejected)',
  'could not establish trust relationship for the SSL',
  'not issued by a (?:valid|trusted)|issuer is not trusted|peer.{0,3}s certificate issuer has been marked as not trusted',
  'alert (?:unknown ca|certificate unknown|bad certificate|certificate expired)|tlsv1 alert unknown ca|tls: (?:bad certificate|unknown certificate|unknown certificate authority|expired certificate)',
  'SSL certificate problem|SSL: no alternative certificate|server certificate verification failed',
  "cannot verify .{1,120}'s certificate",
  'certificate of .{1,120} (?:is not trusted|has expired|doesn.t have a known issuer|is not yet activated)',
  'fatal - (?:unknown ca|bad certificate|certificate (?:expired|unknown))|bad_cert|:unknown_ca\\b|\\bunknown_ca\\b|selfsigned_peer|:cert_expired|hostname_check_failed',
  String.raw`certificate (?:subject name|name) .{0,120}(?:does not|doesn't) match|host ?name mismatch|No subject alternative (?:DNS )?name|No name matching \S{1,120} found`,
);

const mismatch = inAnyCase(
  'wrong version number',
  String.raw`\bEPROTO\b`,
  'packet length too long',
  String.raw`unknown protocol\b.{0,80}(?:ssl|tls)|(?:ssl|tls).{0,80}unknown protocol`,
  '(?:sslv3|tlsv1|tls) alert (?:handshake failure|protocol version|internal error|unrecognized name)',
  String.raw`tls: (?:handshake failure|protocol version not supported|unrecognized name|internal error|no supported versions|server selected unsupported|oversized record|unsupported SSLv2)`,
  'ssl/tls alert (?:handshake failure|protocol version)',
  '(?:tls|ssl)[ _-]?handshake[ _]?(?:failure|failed|error|exception)|handshake_failure',
  'unsupported protocol version|unsupported or unrecognized ssl message|no protocols? (?:available|in common)|no shared cipher|no cipher suites? in common|no appropriate protocol',
  'plaintext connection\\?|not an ssl/tls record|notsslrecordexception|received fatal alert: (?:handshake_failure|protocol_version)',
  'received (?:corrupt|an unexpected).{0,20}message.{0,60}(?:invalid|contenttype)|InvalidContentType|invalid (?:tls|ssl) record|record overflow',
  'ssl_error_rx_record_too_long|packet header|bad record mac|unexpected eof while reading.{0,40}ssl|ssl.{0,60}unexpected eof while reading',
  'SSLV3_ALERT_HANDSHAKE_FAILURE|TLSV1_ALERT_(?:PROTOCOL_VERSION|INTERNAL_ERROR)|WRONG_VERSION_NUMBER|UNSUPPORTED_PROTOCOL\\b|SSL_PROTOCOL_ERROR|VERSION_OR_CIPHER_MISMATCH|RECORD_LAYER_FAILURE',
  'cannot determine the frame size or a corrupted frame was received|the handshake failed due to an unexpected packet format|message received was unexpected or badly formatted',
  'ssl_error_syscall|SSLEOFError|EOF occurred in violation of protocol|gnutls_handshake\\(\\) failed|tlsv1_alert|sslv3 alert',
  'fatal - (?:handshake failure|protocol version|unexpected message|illegal parameter)|schannel: (?:failed|next InitializeSecurityContext)',
);

const unresolved = inAnyCase(
  String.raw`\b(?:ENOTFOUND|EAI_AGAIN|EAI_NONAME|EAI_FAIL|WSAHOST_NOT_FOUND|NXDOMAIN|ENODATA|ESERVFAIL)\b`,
  'name or service not known|nodename nor servname provided|name does not resolve|name resolution (?:failed|failure|error)|failure in name resolution',
  String.raw`(?:could(?: not|n't)|cannot|can't|unable to|failed to) (?:be )?(?:resolve|translate|look ?up|find) (?:the )?(?:proxy|host|address|hostname|name|domain|dns|ip|server name|url|"?[\w.-]{1,100}(?:"| host|:| error))`,
  String.raw`(?:failed|unable) to resolve (?:data source |server |peer |broker |upstream )?(?:host )?names?\b`,
  'no such host|unknown ?host|failed host lookup|host (?:name )?not found|could not be resolved|getaddrinfo (?:failed|error)|failed to lookup address|no address associated with|unresolved ?address|no resolvable bootstrap|dns (?:resolution|lookup) (?:failed|error)|non-exist(?:ent|ing) domain|unresolvable host',
  numbered('11001|11002|11004'),
  String.raw`\bgaierror\b|\[Errno -[235]\]|gethostbyname.{0,60}(?:failed|error)`,
  'NameResolutionError|ERR_NAME_NOT_RESOLVED|ERR_NAME_RESOLUTION_FAILED|NS_ERROR_UNKNOWN_HOST',
  String.raw`\bnxdomain\b`,
  'server with the specified hostname could not be found|server dns address could not be found',
);

const inUse = inAnyCase(
  String.raw`\bEADDRINUSE\b|\baddress \S{1,120}:\d{1,5} (?:is )?(?:already )?in use\b|addr(?:ess)?[ _-]?(?:is |was )?(?:already )?[ _-]?in[ _-]?use\b|port \S{1,12} (?:(?:is|was) (?:already )?|already )(?:in use|being used|used|taken|allocated|occupied|unavailable|not available|busy)`,
  'only one usage of each socket address|port(?: is)? already (?:in use|allocated|taken|used|bound|open)|already listening|address already bound',
  String.raw`(?:\b[a-z]{2,10}:\/\/\S{3,160}|[\w.\]]:\d{2,5}) is already in use`,
  'port is (?:already )?(?:in use|allocated|used|being used|not available|taken)',
  "port'?s? (?:is )?already being listened|already (?:bound|allocated) to|is already in use by|in use by another (?:program|process|application)|connection in use",
  String.raw`\beaddrinuse\b|AddrInUse|AddressInUse|ADDRESS_IN_USE|:already_started_port`,
  numbered('98|48|10048'),
  'adresse (?:wird )?bereits verwendet|adresse d.j. utilis.e|la direcci.n ya se est. usando|地址已在使用|アドレスは既に使用|адрес уже используется|通常每个套接字地址|endereço já em uso|indirizzo già in uso',
);

const notAvailable = inAnyCase(
  String.raw`\bEADDRNOTAVAIL\b|AddrNotAvailable`,
  "can(?:not|'t) assign requested address|requested address is not valid in its context|address not available|cannot assign address|address is not available",
  numbered('99|49|10049'),
);

const unreachable = inAnyCase(
  String.raw`\b(?:EHOSTUNREACH|ENETUNREACH|EHOSTDOWN|ENETDOWN)\b`,
  '(?:network|host|destination host|destination net) (?:is )?(?:unreachable|not reachable)|no route to host|host is down|network is down|unreachable (?:host|network)|noroutetohost|HostUnreachable|NetworkUnreachable|ERR_ADDRESS_UNREACHABLE|ERR_INTERNET_DISCONNECTED|ERR_NETWORK_CHANGED',
  String.raw`\be(?:host|net)unreach\b`,
  numbered('101|113|10051|10065'),
  'kein(?:e)? (?:route|weg|zielhost)|aucun chemin d.acc|no existe ninguna ruta',
);

const refused = inAnyCase(
  String.raw`\bE?CONN(?:ECTION)?[ _]?REFUSED\b|ConnectionRefused|refused (?:the |our )?(?:network )?connection|connection (?:was |has been |is |attempt )?(?:actively )?refused|connect refused|refused to connect|connect(?:ion)? to \S{1,200} (?:was )?refused|conn refused`,
  'actively refused|tns:? ?no listener|target machine.{0,20}refused|server refused|connection to the server .{1,100} was refused',
  numbered('111|10061'),
  'errno[ :=]{1,2}61\\b|\\[errno 61\\]|os error 61\\b',
  'verbindungsaufbau abgelehnt|verbindung (?:wurde )?(?:abgelehnt|verweigert)|verbindung verweigerte|connexion refus|conexi.n (?:rehusada|rechazada)|conex.o recusada|connessione rifiutata|połączenie odrzucone|連接被拒|连接被拒|拒绝连接|积极拒绝|接続を拒否|接続が拒否|в соединении отказано|연결이 거부',
);

const reset = inAnyCase(
  String.raw`\bECONN(?:RESET|ABORTED)\b|ConnectionReset|ConnectionAborted|connection (?:was )?(?:forcibly )?reset|reset by (?:the )?(?:peer|remote)|connection (?:was )?(?:forcibly )?(?:closed|aborted|terminated|dropped|lost) by (?:the |a |an )?(?:peer|remote|server|foreign|software|your host|upstream|client)`,
  'forcibly closed by the remote host|connection aborted|software caused connection abort|existing connection was forcibly closed|connection reset|socket hang ?up|established connection was aborted',
  'remote end closed connection|remote host closed connection|server disconnected without sending|empty reply from server|server closed the connection unexpectedly|connection closed (?:unexpectedly|before message completed|while|prematurely|by)|prematurely closed connection|premature(?:ly)? (?:close|end|EOF)|unexpected end of file from server|unexpected end of stream on|other side closed|connection terminated unexpectedly|server has gone away|lost connection to .{0,20}server|lost connection to backend|connection (?:unexpectedly )?closed unexpectedly|disconnected before secure tls connection|transport is closing|econnreset|link has been severed',
  numbered('104|10054|10053'),
  'errno[ :=]{1,2}54\\b|\\[errno 54\\]|os error 54\\b',
  'verbindungsaufbau vom kommunikationspartner zurück|la connexion a été réinitialis|conexi.n reinicializada|対向ホストによって.{0,10}リセット',
);

const brokenPipe = inAnyCase(
  String.raw`\bEPIPE\b|broken ?pipe|\bsigpipe\b|:epipe\b`,
  'errno[ :=]{1,2}-?32\\b|\\[errno 32\\]|system error:? 32\\b|error system:32\\b',
);

const tooManyFiles = inAnyCase(
  String.raw`\b(?:EMFILE|ENFILE)\b|too many open files|:emfile\b|TooManyOpenFiles`,
  'no file descriptors available|out of file descriptors|file descriptor limit|system limit for number of file watchers|no more file descriptors',
  'os error 24\\b|\\[errno 24\\]|errno[ :=]{1,2}24\\b|\\(24: ',
);

const timeout = inAnyCase(
  String.raw`\b(?:ETIMEDOUT|ESOCKETTIMEDOUT|ETIMEOUT)\b|(?<!failed or )timed[ -]?out|TimedOut|i/o timeout|time-out\b|UND_ERR_\w{1,20}_TIMEOUT|ConnectTimeout|ReadTimeout|connect timeout|connection timeout|timeout (?:occurred|triggered|after \d|reached|expired|exceeded|error|waiting|while|awaiting|during)|timeoutexception|read timeout|exceeded timeout|DeadlineExceeded|DEADLINE_EXCEEDED|deadline exceeded|did not properly respond after a period|timeout of \d{1,9} ?ms exceeded|timeout \d{1,9} ?ms exceeded|execution expired|operation timeout\\b(?!:)|timeout acquiring|acquiretimeout|timeout:? \d{1,9} ?ms (?:expired|exceeded)|(?:within|after) \d{1,9} ?ms$`,
  numbered('110|10060'),
  'errno[ :=]{1,2}60\\b|\\[errno 60\\]|os error 60\\b',
  'zeitüberschreitung|délai d.attente|expiró el tiempo|连接超时|timeout was reached|[.:] timeout\\b[)>.]{0,4}$|aborted due to timeout|configured httpclient\\.timeout|тайм-аут',
);

/** In order of how much they say; a line often holds two, as `socket timeout: No route to host`. */
export const failureTexts: readonly FailureText[] = [
  { class: 'tls-untrusted', pattern: untrusted },
  { class: 'tls-mismatch', pattern: mismatch },
  { class: 'name-not-resolved', pattern: unresolved },
  { class: 'address-in-use', pattern: inUse },
  { class: 'address-not-available', pattern: notAvailable },
  { class: 'unreachable', pattern: unreachable },
  { class: 'too-many-files', pattern: tooManyFiles },
  { class: 'connection-refused', pattern: refused },
  { class: 'connection-reset', pattern: reset },
  { class: 'broken-pipe', pattern: brokenPipe },
  { class: 'timeout', pattern: timeout },
];
