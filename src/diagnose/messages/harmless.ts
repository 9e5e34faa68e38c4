/**
 * Tells whether a line only speaks of failures: source code, the name of a test, a metric that
 * counts them, advice, a change log. `line` has no escape codes.
 */
export const isTalk = (line: string, at: number): boolean =>
  talk.some((pattern) => pattern.test(line)) ||
  prose.some((pattern) => pattern.test(line.slice(0, labelled.test(line) ? at : undefined))) ||
  opensTalk.test(line.slice(Math.max(0, at - 200), at));

const talk: readonly RegExp[] = [
  // What was typed to a package manager, what it answers; an option of a command, in prose.
  /^\s{0,40}(?:[$%#>] )?(?:npm|yarn|pnpm|bun|pip3?|cargo|gem|go|apt(?:-get)?|brew|composer) (?:i|install|add|get|remove|uninstall|search|view)\b(?!.{0,300}(?:error|ERR!|: ))/i,
  /`-{1,2}[a-z][\w-]{1,40}(?:[ =][^`]{1,40})?` (?:\w{1,20} ){0,2}?(?:flag|option|switch|argument|parameter|setting|makes|lets|tells)\b/,
  // A command as it was typed or set down, and nothing that it said.
  /^\s{0,40}(?:[$%#>] |RUN |- run: )?(?:curl|wget|docker|podman|kubectl|npx|npm|yarn|pnpm|node|python3?|ssh|nc|psql|mysql|redis-cli|timeout|wait-on) (?!ERR|error|warn|.{0,400}(?:: |\())/,
  // Names of tests that passed, and of tests in source.
  /^\s{0,40}(?:✓|✔|√|☑|✅|\[ ?OK ?\]|\[ {0,7}(?:OK|PASS|PASSED|RUN) {0,7}\]|ok \d{1,6}\b|PASS(?:ED)?\b|--- PASS|=== RUN|# Subtest|▶|•)/i,
  /\.{2,3} ?(?:ok|ignored|passed|skipped)$|\bPASSED\b|\bXFAIL\b|\[ ?100% ?\]$/,
  /^\s{0,40}(?:it|test|describe|context|specify|scenario|should|expect|assert\w{0,20})\b(?:\.\w{1,20})? ?[("'`]/i,
  /^[\s\d|:+>-]{0,40}(?:[a-z]{3,12} ){0,3}(?:def|func|fn|function|void|class|struct|enum|interface) (?![a-z]{2,10}\.|\w{1,20}:? (?:is|was|has|failed|on|not|already|returned)|\w{1,20}: \w)\w{1,100}|\b(?:def|func|fn|function|void) \w{1,100} ?\(|\b(?:class|struct|enum|interface) \w{1,100}(?: extends \w{1,60}| implements \w{1,60}|\(\w{0,60}\))? ?[{:]$/,
  // Source code.
  /\b(?:errors\.New|fmt\.\w{5,8}|new \w{0,40}(?:Error|Exception)|[\w)\]]{1,60}(?:\.|->)(?:append|push|add|emit|starts_?with|ends_?with|contains|has|includes|index_?of|match(?:es)?|test|to(?:Contain|Equal|Be|Match|Throw)\w{0,20}|explain|print\w{0,20}|write\w{0,10}|log|logf|info|warn|warning|error|errorf|debug|fatal|fatalf|Error|Wrap|wrap)|alert|toast|notify|warn|emit|print|println|printf|puts|echo|eprintln!|println!|panic!|bail!|anyhow!|assert\w{0,20}!?|raise \w{1,60}|throw \w{1,60}|side_effect ?= ?[\w.]{1,80})\((?:[\w.]{1,60}[,(] ?){0,2}f?["'`]/i,
  /^\s{0,40}assert (?:not )?\w|^\s{0,40}[A-Z][A-Z\d_]{3,60} = [rf]?["'`]|\.into\(\)|\.Error\(\)|\bside_effect ?=|[\w\]]\.\w{1,60} = ["'`]|\w::(?:error|warn|info|log|debug)\(["']|(?:=|return) -E[A-Z]{4,14};|^\s{0,40}\} else\b|^\s{0,40}with \w{1,40}\(/,
  /^\s{1,40}(?:"[^"]{3,200}"|'[^']{3,200}'),$/,
  /^\s{0,40}['"]\w{3,60}['"]: ?\d|^\s{0,40}['"]?\w{3,60}['"]?,$|^\s{0,40}\w{1,40}\[['"\w]{1,40}\] = /,
  /(?:===?|!==?|\.code|\.errno|\.includes|\.is\() ?\(?["'`:]?(?:E[A-Z]{4,14}|\w{1,30}::E[A-Z]{4,14})\b/,
  /^\s{0,40}(?:case|when|except|rescue|catch|raise|throw|return|import|from|const|let|var|if|elif|else if|} catch|#define|#include|use|using|match|static|public|private|export|await|try)\b(?=.{0,200}(?:[(){};]|:$|=>|->|=|\b(?:Errno::|E[A-Z]{5,14}\b|\d{1,4}$)))/,
  /^\s{0,40}(?:\/\/|\/\*|<!--|\*\/|#{1,6} |#$|--(?: |$)|"""|;;)/,
  // A pattern to look for, and the like in a list.
  /^\s{0,40}[rf]?["'][^"']{1,300}\w\|\w[^"']{1,300}["'],?$/,
  /\b(?:MACHINE CHECK|machine check|DCR read)\b/,
  /\b\w{1,60}(?:Error|Exception|Refused|InUse)\b ?(?:as \w{1,20}:?|=>|\) ?\{|\||:)$/,
  /\b(?:assert\w{0,30}|expect|raises|toThrow\w{0,20}|mock\w{0,20}|jest\.fn|pytest\.\w{1,20})\(/,
  /^\s{0,40}[\w.$]{2,80}\(["'`].{1,300}["'`]\)[;,]?$/,
  // Counters and settings.
  /^(?!.{0,600}(?:timed out(?:\.| (?:fetching|waiting|acquiring|after|while|trying|during|connecting|receiving|at|in)\b)|exceeded|failed|exception|Error:)).{0,600}(?:refused|resets?|timeouts?|timed[ _-]?out|unreachable|in[ _-]use|denied|hang ?ups?|\bE(?:CONN[A-Z]{5,8}|ADDR[A-Z]{5,8}|TIMEDOUT|PIPE|MFILE|HOSTUNREACH|NETUNREACH|NOTFOUND))(?:[ _-](?:count(?:er)?|total|errors?|connections?|rate|sum|events?|retries|failures)){0,3}(?:\{[^}]{0,120}\})?["']?(?: {0,3}[:=] {0,3}|[ _-](?:count|total) )\d{1,12}(?:\.\d{1,6})?%?(?:[ ,;)]|$)/i,
  /^(?!.{0,600}(?:timed out(?:\.| (?:fetching|waiting|acquiring|after|while|trying|during|connecting|receiving|at|in)\b)|exceeded|failed|exception|Error:)).{0,600}(?:refused|resets?|timeouts?|timed[ _-]?out|unreachable|\bE(?:CONN[A-Z]{5,8}|ADDR[A-Z]{5,8}|TIMEDOUT|PIPE|MFILE|HOSTUNREACH|NETUNREACH|NOTFOUND))(?:[ _-](?:count(?:er)?|total|errors?|connections?|rate|sum|events?|retries|failures)){1,3}(?:\{[^}]{0,120}\})? \d{1,12}/i,
  /(?<![-.:])\b(?:0|no|zero|without(?: any)?|never) (?:\w{1,20} ){0,2}(?:connections? (?:refused|resets?|timed out|timeouts?|errors?)|refused|timed out|timeouts?|resets?|broken pipes?|errors?|failures?|E(?:CONN[A-Z]{5,8}|ADDR[A-Z]{5,8}|TIMEDOUT|PIPE|MFILE|HOSTUNREACH|NETUNREACH|NOTFOUND))\b/i,
  /^(?!.{0,600}(?:timed out|exceeded|refused|failed|error|exception|canceled)).{0,600}\b(?:timeout|timeouts|retries|backoff|keepalive)\b["']? ?(?:is |was |set |of |to |:|=){1,3} ?["']?\d{1,9} ?(?:ms|s|sec|seconds|m|min)?\b(?! ?exceeded)(?!.{0,40}(?:exceeded|failed|error))/i,
  /\bthe address in use\b/i,
  /\b(?:handler|handling|policy|callback|hook|test) (?:is )?(?:installed|registered|enabled|added|started|set)\b/i,
  // What an MQTT broker answers (CONNACK) is no refusal of TCP.
  /connection refused(?: -|:) (?:incorrect|unacceptable|invalid client|identifier|server unavailable|bad user|not authori[sz]ed)/i,
  // A PostgreSQL that was reached: it refuses the login, not the connection.
  /\bFATAL: {1,4}(?:password|sorry|database "|role "|user "|no pg_hba|remaining|too many|Peer|Ident|LDAP|GSSAPI|PAM)/i,
  // A Python that was built without TLS.
  /because the SSL module is not available/i,
  // Clocks that are not of the network.
  /\b(?:lock(?: wait)?|statement|transaction|idle|session|script|query|execution|hook|job|build|step)[- ](?:\w{1,20} )?time(?:d )?-?out\b|statement due to|\bfor a (?:test|hook)\b|\b(?:test|job|build|step|task|hook|command|process|script) (?:\S{1,60} )?(?:has )?timed out/i,
  /\bexpir(?:ing|ed) session\b|\btimed out (?:fence|block)\b|\bconnect \(\w{1,60}\) outlet\b/i,
  /\bsshd\[\d{1,8}\]: Connection closed by \S{2,60} (?:port \d{1,5} )?\[preauth\]/,
  // Several codes in one list: a setting or a document.
  /\bE[A-Z]{5,14}\b["'`]?(?:,| or| and|\/|\||) {0,2}["'`]?\bE[A-Z]{5,14}\b/,
  /^\s{0,20}(?:[$%#>] )?(?:grep|rg|ag|ack|awk|sed|echo|printf|journalctl|git (?:log|grep))\b(?!: )/,
  // Prose that names a code.
  /(?<!(?:code|errno|name|error|cause)["'\\]{0,2}[:=] {0,1}\\?)[`'"]E(?:CONN[A-Z]{5,8}|ADDR[A-Z]{5,8}|TIMEDOUT|PIPE|[MN]FILE|ACCES|PERM|HOSTUNREACH|NETUNREACH|NOTFOUND|PROTO)[`'"](?! ?[,}]?$)(?!.{0,3}(?:code|errno|syscall))|\b(?:EMFILE|ENFILE|SIGPIPE|EPIPE|ECONN[A-Z]{5,8}|ETIMEDOUT|EADDR[A-Z]{5,8})[`'"]? (?:errors?|when|if|with an?|and behaving|can|is|are|may|from any)\b/,
  // Change logs and commit subjects.
  /^\s{0,10}(?:[-*+] )?(?:clos|fix|resolv)(?:e|es|ed) (?:[\w.-]{1,60}\/[\w.-]{1,60})?#\d{1,6}\b|^\s{0,10}Refs? #\d{1,6}\b/i,
  /^\s{0,10}(?:[-*+] )?(?:feat|fix|docs|test|tests|chore|refactor|perf|style|ci|build)(?:\([^)]{1,40}\))?!?: /i,
  /^\s{0,10}(?:[-*+] |[0-9a-f]{7,12} |commit [0-9a-f]{7,40} )?(?:Fix(?:e[sd])?|Handle[sd]?|Add(?:s|ed)?|Ignore[sd]?|Improve[sd]?|Retr(?:y|ies|ied)|Avoid(?:s|ed)?|Prevent(?:s|ed)?|Document(?:s|ed)?|Update[sd]?|Treat(?:s|ed)?|Don't|Do not|Suppress(?:es|ed)?|Catch(?:es)?|Support(?:s|ed)?|Return(?:s|ed)?|Report(?:s|ed)?|Explain(?:s|ed)?|Use[sd]?|Check(?:s|ed)?|Make[s]?|Show[s]?|Simulate[sd]?|Inject(?:s|ed)?|Expect(?:s|ed)?|Test(?:s|ed)?)\b(?! (?:failed|connection failed|database connection))/,
  // Bold or quoted terms of a document, table rows.
  /^\s{0,10}[-*+] (?:symptoms?|problems?|causes?|issues?): /i,
  /(?:[`"'“]{1,2}[\w :.]{3,60}[`"'”]{1,2}(?:,| or| and|\/) ?){2,6}/,
  /^\s{0,10}(?:[-*+] |\d{1,3}\. )?(?:\*\*|`|__)[^*`_]{2,80}(?:\*\*|`|__)(?: \([^)]{1,80}\))?(?: ?[:—–-] | (?:means|is|are|was|when|if)\b)/,
  /^\s{0,10}\|.{2,200}\|\s{0,3}$/,
  /\b[Dd]oes (?:it|the \w{1,30}) (?:correctly |properly )?(?:detect|identify|handle|report|catch|classify)\b/,
  /\b(?:reconnected|recovered|resolved|succeeded) (?:after|from)\b|\bnow reachable\b|\bexpected\b.{0,30}\b(?:and|but) got it\b/i,
  /^\s{0,10}(?:(?:usage|options?|synopsis|example|see):? |(?:tip|hint|question|q|a|todo|fixme): )/i,
  /^\s{1,20}-{1,2}[a-z][\w-]{0,40}(?:[ =]<?\w{1,30}>?)?(?:, --[\w-]{1,40})? {2,40}/i,
];

/**
 * Words of an explanation. Behind `Error: ` and the failure they explain one that happened, as in
 * `Error: connect ECONNREFUSED ::1:80. This usually means that the server is down`.
 */
const prose: readonly RegExp[] = [
  /\b(?:means? (?:that|the|nothing|no|there|it|you|your)|indicates?|is (?:raised|thrown|returned|caused|emitted) (?:when|if|by)|(?:occurs?|happens?|appears?) (?:when|if|because)|usually|typically|in case of|see also|for example(?![.\w-])|e\.g\.|i\.e\.|how to|troubleshoot\w{0,8})\b/i,
  /\bretr(?:y|ies)[_ ]?(?:on|for)\b/i,
];

const labelled =
  /^(?:\S{1,60} {1,20}\| )?[\s[(]{0,20}(?:\S{1,40}[\])]? ){0,4}?(?:[\w.]{0,80}(?:Error|Exception)|error|fatal|panic|ERR!|FATAL|ERROR|Get|Post|WARN(?:ING)?)\b[\])]?(?: \[\w{1,40}\]| \(\w{1,40}\))?(?::? |:(?=[A-Z]))/;

/** Words that, before the failure, make it a possibility. */
const opensTalk =
  /\b(?:in case (?:you|it|of|the)|if (?:you|it|the|a|an|your|this|there|we|any)|when(?:ever)? (?:you|it|the|a|an|your|this|there|we)|(?:may|might|can|could|will|would|should|must|shall|let's|please) (?:see|get|be|also|handle|fail|throw|return|catch|avoid|fix|prevent|ignore|simulate|expect|receive|raise|cause|result)|should(?:n't| not)?\b(?! be running)|\b(?:may|might|can|could|should|must) retry|instead of|such as|because of|due to a possible|in order to|retry(?:ing)? (?:on|if|when|after)|unless|treats?|simulat(?:e|es|ed|ing)|expect(?:s|ed|ing)? (?:a|an|to|error)|ignor(?:e|es|ed|ing)|handl(?:e|es|ed|ing)\b|search(?:es|ed|ing)?\b|looking for|what (?:does|is)|why (?:does|is|do)|number of|count of|avoids?|prevents?|like ["'`“])/i;
