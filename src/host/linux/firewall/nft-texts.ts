/** How `nft list` writes a rule, by `ruleKey`. */
export type RuleTexts = ReadonlyMap<string, string>;

/** A rule's handle is its own within its table alone. */
export const ruleKey = (family: string, table: string, handle: number): string =>
  `${family} ${table} ${handle}`;

/**
 * The rules of `nft -a list ruleset`, each as it is written there without its handle (nft(8)). The
 * handles of tables, chains and sets are no rules'.
 */
export const parseRuleTexts = (output: string): RuleTexts => {
  const texts = new Map<string, string>();
  let table: readonly [string, string] = ['', ''];
  for (const line of output.split('\n')) {
    const opened = /^table (\S+) (\S+) \{/.exec(line);
    if (opened !== null) table = [opened[1] ?? '', unquoted(opened[2] ?? '')];
    const [, written, handle] = /^\t\t(\S.*) # handle (\d+)$/.exec(line) ?? [];
    if (written !== undefined) texts.set(ruleKey(...table, Number(handle)), written.trimEnd());
  }
  return texts;
};

const unquoted = (name: string): string => name.replace(/^"(.*)"$/, '$1');
