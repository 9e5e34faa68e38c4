/**
 * A line without what a runner of several programs writes before each of theirs: `web-1  | ` of
 * Compose, `0|api  | ` of pm2, `10:00:00 web.1  | ` of foreman, `[0] ` of concurrently, the start of
 * a journal's line, a time of ISO 8601.
 */
export const withoutPrefix = (line: string): string => line.replace(prefix, '');

const prefix = new RegExp(
  [
    // 10:00:00 web.1  | , 0|api  | , [0]
    String.raw`^(?:(?:\d{1,2}:\d{2}:\d{2} )?(?:\d{1,3}\|)?[A-Za-z][\w.-]{0,60} {0,30}\| ?|\[\d{1,2}\] (?=\S)`,
    // Jan 01 10:00:00 myhost app[1234]: of a journal; what sshd says reads differently.
    String.raw`|[A-Z][a-z]{2} [ \d]\d \d{2}:\d{2}:\d{2} \S{1,60} (?!sshd|kernel)[\w.@-]{1,60}(?:\[\d{1,8}\])?: ){0,1}`,
    String.raw`(?:\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:[.,]\d{1,9})?(?:Z|[+-]\d\d:?\d\d)?:? (?:std(?:out|err) [FP] |app\[[\w.]{1,40}\]: )?){0,1}`,
    // ____Failed of Bazel
    String.raw`(?:_{4}(?=[A-Z])){0,1}`,
  ].join(''),
);

/**
 * The texts of a log line that is a JSON object: what its `msg`, `error`, `stack` and the like say,
 * line by line, and its other fields as `name: 'value',`. What it tells of the request that was
 * served is left out. Empty where the line is no such object.
 */
export const textsOfJson = (line: string, nested = false): readonly string[] => {
  const start = line.indexOf('{');
  if (start === -1 || start > 200 || line.length > most.length || !line.trimEnd().endsWith('}')) {
    return [];
  }
  const head = line.slice(0, start).trim();
  if (head !== '' && !/[\])|:]$/.test(head)) return [];
  const value = parsed(line.slice(start));
  if (value === null) return [];
  const said: string[] = [];
  const fields: string[] = [];
  collect(value, { said, fields, depth: 0, nested });
  return said.length === 0 ? [] : [...said, ...fields];
};

const most = { length: 65_536, texts: 80, depth: 5 };

const parsed = (text: string): object | null => {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' ? value : null;
  } catch {
    return null;
  }
};

type Collected = {
  readonly said: string[];
  readonly fields: string[];
  readonly depth: number;
  readonly nested: boolean;
};

const collect = (value: object, into: Collected): void => {
  for (const [key, part] of Object.entries(value)) {
    if (into.said.length + into.fields.length > most.texts || served.test(key)) continue;
    if (into.depth === 0 && own.test(key)) continue;
    if (typeof part === 'object' && part !== null) {
      if (into.depth < most.depth) collect(part, { ...into, depth: into.depth + 1 });
    } else if (typeof part === 'string' && (says.test(key) || Array.isArray(value))) {
      into.said.push(
        ...part
          .split(/\r?\n/)
          .slice(0, most.texts)
          .flatMap((line) => inner(line, into)),
      );
    } else if (typeof part === 'string') {
      into.fields.push(`  ${key}: '${part}',`);
    } else if (typeof part === 'number') {
      into.fields.push(`  ${key}: ${part},`);
    }
  }
};

/** A line that a collector has put into an object of its own may be one again. */
const inner = (line: string, { depth, nested }: Collected): readonly string[] => {
  const texts = depth > 0 || nested ? [] : textsOfJson(withoutPrefix(line), true);
  return texts.length > 0 ? texts : [line];
};

const says =
  /^(?:msg|message|error|err|errmsg|errormessage|stack|stack_?trace|exception|log|text|detail|details|desc|description|reason|cause|event|body|output|data|fields?)$/i;

/** Of the machine that wrote the log. */
const own = /^(?:host|hostname|pid|instance|container\w{0,10})$/i;

const served = /^(?:req|request|headers|http|remote_?\w{0,10}|client_?\w{0,10}|peer_?\w{0,10})$/i;
