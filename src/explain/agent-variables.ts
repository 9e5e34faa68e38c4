/** Variables that an AI agent sets for the commands it runs: variable → the agent's name. */
const agentVariables: ReadonlyMap<string, string> = new Map([
  ['CLAUDECODE', 'Claude Code'],
  ['CLAUDE_CODE_ENTRYPOINT', 'Claude Code'],
  ['CODEX_THREAD_ID', 'Codex'],
  ['CODEX_SANDBOX', 'Codex'],
  ['CURSOR_AGENT', 'Cursor'],
  ['GEMINI_CLI', 'Gemini CLI'],
  ['OPENCODE', 'opencode'],
  ['COPILOT_AGENT_SESSION_ID', 'GitHub Copilot'],
  ['GOOSE_TERMINAL', 'goose'],
]);

/** Values of the shared variables `AGENT` and `AI_AGENT`; another value may mean anything. */
const sharedValues: ReadonlyMap<string, string> = new Map([
  ['amp', 'Amp'],
  ['claude-code', 'Claude Code'],
  ['codex', 'Codex'],
  ['crush', 'Crush'],
  ['cursor-cli', 'Cursor'],
  ['gemini-cli', 'Gemini CLI'],
  ['goose', 'goose'],
  ['opencode', 'opencode'],
]);

/** A variable of an environment that only an AI agent sets, and which agent; null: none is there. */
export type AgentVariable = { readonly variable: string; readonly agent: string };

/**
 * The AI agent that an environment names. Variables that people export themselves to configure an
 * agent (`AIDER_MODEL`), or that mark a whole editor (`CURSOR_TRACE_ID`), are no evidence.
 */
export const agentOfEnvironment = (
  environment: Readonly<Record<string, string>>,
): AgentVariable | null => {
  for (const [variable, agent] of agentVariables) {
    if (environment[variable] !== undefined) return { variable, agent };
  }
  for (const variable of ['AGENT', 'AI_AGENT']) {
    const agent = sharedValues.get((environment[variable] ?? '').split('@')[0] ?? '');
    if (agent !== undefined) return { variable, agent };
  }
  return null;
};
