/**
 * A line with everything blanked that looks like an endpoint and is none: times, source positions,
 * whole stack frames; an address that is written as a tuple gets its dots. The length stays, so that a match's place is the same in both.
 */
export const maskLine = (line: string): string =>
  frame.test(line)
    ? ' '.repeat(line.length)
    : masks.reduce(
        blank,
        line.replace(tuple, (match) => match.replaceAll(',', '.')),
      );

/** `{127,0,0,1}`, an address of the BEAM. */
const tuple = /\{\d{1,3},\d{1,3},\d{1,3},\d{1,3}\}/g;

const blank = (line: string, pattern: RegExp): string =>
  line.replace(pattern, (match) => ' '.repeat(match.length));

/** Stack frames of V8 and the JVM, Python, Ruby, Go, Rust, PHP, the BEAM, .NET. */
const frame = new RegExp(
  [
    String.raw`^\s{0,40}at (?:async )?[^\s()]{1,200}(?: \[as \w{1,60}\])? ?\([^()]{0,300}\)`,
    String.raw`^\s{0,40}at (?:async )?\S{1,300}:\d{1,6}(?::\d{1,6})?$`,
    String.raw`^\s{0,40}at [\w.$<>\[\]\x60 ]{1,200}\([^()]{0,300}\)(?: in \S{1,200})?`,
    String.raw`^[\s>|]{0,40}File "[^"]{1,300}", line \d`,
    String.raw`^\s{0,40}from \S{1,300}:\d{1,6}:in `,
    String.raw`^\s{1,40}\S{1,300}\.go:\d{1,6}(?: \+0x[\da-f]{1,12})?$`,
    String.raw`^\s{1,40}\d{1,4}: {1,8}(?:0x[\da-f]{1,16} - )?[\w<]{1,80}::`,
    String.raw`^#\d{1,4} {1,3}\S{1,300}(?:\(\d{1,6}\):|\.\w{1,6}:\d)`,
    String.raw`^\s{1,40}\(\w{1,40} [\d.]{1,20}[^)]{0,20}\) \S{1,200}:\d{1,6}: `,
  ].join('|'),
);

const source =
  'c|cc|cpp|cxx|h|hpp|m|go|rs|py|pyx|rb|erb|js|jsx|mjs|cjs|ts|tsx|mts|vue|svelte|java|kt|scala|cs|fs|vb|php|ex|exs|erl|hrl|swift|lua|pl|pm|cfg|conf|yml|yaml|toml|json|log|sh';

const masks: readonly RegExp[] = [
  // 2023-08-31 23:03:58.609, 2021-09-02T03:36:27Z, 2021/07/17 12:33:23, 25/06/2024 00:17:05
  /\b\d{2,4}[-/.]\d{1,2}[-/.]\d{2,4}[T ,_:]{1,2}\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d{1,9}|:\d{3}(?!\d))?)?(?:Z|[ ]?[+-]\d{2}:?\d{2})?(?: ?[AP]M\b)?/gi,
  // Nov  9 12:10:55, Wed Dec 04 17:14:32.123 2019
  /\b(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]{0,6},? )?(?:(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.? {1,2}\d{1,2}|\d{1,2}[ /-](?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}[ /-]\d{4})[,: ]{1,2}\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d{1,9})?)?(?: \d{4})?/gi,
  // 14:47:52,682 at any place; a shorter 12:34:56 only where nothing goes on with a colon or a dot
  /(?<![\w:.\]])(?:\d{1,3}\.\d{1,2}[ .])?\d{1,2}:\d{2}:\d{2}(?:[.,]\d{1,9})?(?![\w:])(?: ?[AP]M\b)?/gi,
  /\b\d{1,2}:\d{2} ?[AP]M\b/gi,
  // file.rs:79:13, (net.js:1090:14), node:net:1615:16, [haproxy.cfg:36], binder.rb:242:in `x'
  new RegExp(
    `(?:\\b[a-z]:(?=[\\\\/]))?[^\\s"'(\\[<>=,:]{0,300}\\.(?:${source}):\\d{1,7}(?::\\d{1,6})?(?::in \`[^'\`]{0,80}')?`,
    'gi',
  ),
  /\bnode:[a-z_/]{1,60}:\d{1,6}:\d{1,6}/g,
  /\bpid[:=]\d{1,8} - [a-z_]\w{0,60}:\d{1,6}(?= - )/gi,
  /\b(?:pid|tid)[: ]{1,2}\d{1,8}|\(node:\d{1,8}\)/gi,
  // Who asked: the client of an access or error log is not to blame.
  /\bclient:? (?:[\d.]{7,15}|\[?[\da-f:]{3,45}\]?)(?::\d{1,5})?(?=[\],]|$)/gi,
  // nginx: a socket file of the server behind it, and whom the client asked for.
  /\bupstream: "[a-z]{2,12}:\/\/unix:[^"]{0,300}"(?:, host: "[^"]{0,300}")?/g,
  /^(?:\d{1,3}\.){3}\d{1,3} - \S{1,60} /g,
  // No endpoint: ssh before it knew one, what was asked of a database.
  /\bversion message: .{0,600}$/g,
  /\bUNKNOWN port (?:65535|-1)\b/g,
  /\bSQL: (?:select|insert|update|delete|create|alter|drop|show)\b[^)]{0,1000}/gi,
  /"(?:remote|client|peer)_?(?:ip|addr|address|port)": ?"[^"]{1,80}"/gi,
  /\bduring [A-Z]{3,7} \S{1,300} \((?:[\d.]{7,15}|[\da-f:]{3,45})\)/g,
  // A bare link behind a sentence.
  /(?<=[.!?] )https?:\/\/(?!localhost\b|\d{1,3}\.|\[)[^\s:]{3,300}$/g,
  /\bfrom ip=[\d.:a-f]{3,45}(?=:)/g,
  // Where to read more.
  /(?:\bsee(?: also)?|more details here|more info(?:rmation)?|documentation|docs|visit|report .{0,40} at|refer to)(?: at| on)?:? <?https?:\/\/[^\s)>]{1,300}/gi,
  /(?<!(?:[Dd]ownloading |[Dd]ownloading \[|[Dd]ownload from |[Cc]onnect to |[Cc]onnecting to |[Ff]etching |GET |[Rr]equest to ))https?:\/\/(?:nodejs\.org|curl\.(?:se|haxx\.se)|docs?\.[\w.-]{1,80}|aka\.ms|go\.microsoft\.com|learn\.microsoft\.com|github\.com|stackoverflow\.com|git-scm\.com|sqlalche\.me|pris\.ly|nextjs\.org\/docs|vitejs?\.dev|developer\.mozilla\.org)(?![\w.-])[^\s)>]{0,300}/gi,
];
