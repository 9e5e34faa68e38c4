import type { CommandLine, Flag, Verb } from '../verb.ts';

/**
 * The completion script for bash 4 and later (bash(1), Programmable Completion). It takes the
 * current word from the line itself, because bash breaks words at `:`, and needs no other package.
 */
export const bashCompletion = ({ verbs, globalFlags }: CommandLine): string => `\
_homeport() {
  local line=\${COMP_LINE:0:COMP_POINT}
  local cur=\${line##*[[:space:]]} verb= previous= word words= ports=
  local -a before
  read -ra before <<< "\${line%"$cur"}"
  for word in "\${before[@]:1}"; do
    if [[ ! $previous =~ ^(${valued(verbs, globalFlags)})$ && $word != -* && -z $verb ]]; then
      verb=$word
    fi
    previous=$word
  done
  case $previous in
    ${names(filesOf(verbs, globalFlags))}) COMPREPLY=($(compgen -f -- "$cur")); return ;;
${wordsOf(verbs, globalFlags)}
    ${names(durationsOf(verbs, globalFlags))}) return ;;
  esac
  case $verb in
    '') words='${verbs.map(({ name }) => name).join(' ')}' ports=1 ;;
${verbs.map(verbCase).join('\n')}
    *) return ;;
  esac
  if [[ $cur == -* ]]; then
    case $verb in
${verbs.map(({ name, flags }) => `      ${name}) words='${flagWords([...flags, ...globalFlags])}' ;;`).join('\n')}
      *) words='${flagWords([...globalFlags, ...flagsWithoutVerb(verbs)])}' ;;
    esac
  elif [[ -n $ports && $cur != *[!0-9]* ]]; then
    words+=" $(homeport completion ports 2>/dev/null | cut -f1)"
  fi
  COMPREPLY=($(compgen -W "$words" -- "$cur"))
  [[ \${COMPREPLY[0]} == *: ]] && compopt -o nospace 2>/dev/null
  if [[ $cur == *:* && $COMP_WORDBREAKS == *:* ]]; then
    COMPREPLY=("\${COMPREPLY[@]#"\${cur%"\${cur##*:}"}"}")
  fi
}
complete -F _homeport homeport
`;

const verbCase = ({ name, positional }: Verb): string =>
  `    ${name}) words='${positional?.words.join(' ') ?? ''}' ports=${positional?.ports === true ? '1' : ''} ;;`;

/** Without a verb the flags of `ls` hold too: `homeport --watch`. */
const flagsWithoutVerb = (verbs: readonly Verb[]): readonly Flag[] =>
  verbs.find(({ name }) => name === 'ls')?.flags ?? [];

const flagWords = (flags: readonly Flag[]): string =>
  flags.map(({ name }) => `--${name}`).join(' ');

const valued = (verbs: readonly Verb[], globalFlags: readonly Flag[]): string =>
  [...filesOf(verbs, globalFlags), ...durationsOf(verbs, globalFlags)]
    .map(({ name }) => `--${name}`)
    .join('|');

const names = (flags: readonly Flag[]): string => flags.map(({ name }) => `--${name}`).join(' | ');

const filesOf = (verbs: readonly Verb[], globalFlags: readonly Flag[]): readonly Flag[] =>
  allOf(verbs, globalFlags).filter(({ kind }) => kind === 'file');

const durationsOf = (verbs: readonly Verb[], globalFlags: readonly Flag[]): readonly Flag[] =>
  allOf(verbs, globalFlags).filter(({ kind }) => kind === 'duration' || kind === 'word');

/** The first case that matches holds, so that these stand before the flags without words. */
const wordsOf = (verbs: readonly Verb[], globalFlags: readonly Flag[]): string =>
  allOf(verbs, globalFlags)
    .filter(({ words = [] }) => words.length > 0)
    .map(
      ({ name, words = [] }) =>
        `    --${name}) COMPREPLY=($(compgen -W '${words.join(' ')}' -- "$cur")); return ;;`,
    )
    .join('\n');

const allOf = (verbs: readonly Verb[], globalFlags: readonly Flag[]): readonly Flag[] => [
  ...globalFlags,
  ...verbs.flatMap(({ flags }) => flags),
];
