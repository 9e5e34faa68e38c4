import type { CommandLine, Flag, Positional, Verb } from '../verb.ts';

/**
 * The completion script for zsh (zshcompsys(1)). It works evaluated after `compinit`, and as a file
 * `_homeport` in `fpath`.
 */
export const zshCompletion = ({ verbs, globalFlags }: CommandLine): string => `\
#compdef homeport

_homeport_ports() {
  local -a ports
  ports=(\${\${(f)"$(homeport completion ports 2>/dev/null)"}/$'\\t'/:})
  _describe -V 'port that is listened on' ports
}

_homeport_verbs() {
  local -a verbs
  verbs=(
${verbs.map(({ name, summary }) => `    ${quote(`${name}:${colons(summary)}`)}`).join('\n')}
  )
  _describe 'verb' verbs
}

_homeport_first() {
  _alternative 'verbs:verb:_homeport_verbs' 'ports:port:_homeport_ports'
}

${verbs.map(wordsFunction).join('\n')}
_homeport() {
  local curcontext=$curcontext state line
  local -a global
  global=(
${globalFlags.map((flag) => `    ${flagSpec(flag)}`).join('\n')}
  )
  _arguments -C $global ${lsFlags(verbs)} '1: :_homeport_first' '*:: :->rest'
  [[ $state == rest ]] || return
  case $line[1] in
${verbs.map(verbCase).join('\n')}
  esac
}

if [[ $funcstack[1] == _homeport ]]; then
  _homeport "$@"
else
  compdef _homeport homeport
fi
`;

const verbCase = ({ name, flags, positional }: Verb): string => {
  const repeated = positional?.repeated === true ? '*' : '1';
  const words = positional === null ? '' : ` '${repeated}: :_homeport_words_${name}'`;
  return `    ${name}) _arguments $global ${flags.map(flagSpec).join(' ')}${words} ;;`;
};

/** Without a verb the flags of `ls` hold too. */
const lsFlags = (verbs: readonly Verb[]): string =>
  (verbs.find(({ name }) => name === 'ls')?.flags ?? []).map(flagSpec).join(' ');

const wordsFunction = ({ name, positional }: Verb): string =>
  positional === null
    ? ''
    : `_homeport_words_${name}() {\n${wordLines(positional).join('\n')}\n}\n`;

const wordLines = ({ words, ports, name }: Positional): string[] => {
  const whole = words.filter((word) => !word.endsWith(':'));
  const open = words.filter((word) => word.endsWith(':'));
  return [
    ...(whole.length === 0 ? [] : [`  compadd -X ${quote(name)} -- ${whole.join(' ')}`]),
    ...(open.length === 0 ? [] : [`  compadd -S '' -- ${open.map(quote).join(' ')}`]),
    ...(ports ? ['  _homeport_ports'] : []),
  ];
};

const flagSpec = (flag: Flag): string => {
  const { name, short, kind, placeholder, description } = flag;
  const text = `[${description.replace(/[[\]]/g, '')}]`;
  const value = kind === 'boolean' ? '' : `:${placeholder ?? ''}:${valuesOf(flag)}`;
  return short === null
    ? quote(`--${name}${text}${value}`)
    : `'(-${short} --${name})'{-${short},--${name}}${quote(`${text}${value}`)}`;
};

const valuesOf = ({ kind, words = [] }: Flag): string => {
  if (kind === 'file') return '_files';
  return words.length === 0 ? '' : `(${words.join(' ')})`;
};

const colons = (text: string): string => text.replaceAll(':', String.raw`\:`);

const quote = (text: string): string => `'${text.replaceAll("'", String.raw`'\''`)}'`;
