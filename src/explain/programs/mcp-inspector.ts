import type { ProgramDetector } from '../program.ts';
import { byNpmTool } from '../program-match-npm.ts';

/** The Model Context Protocol's inspector: a web page and a proxy that starts programs. */
export const mcpInspector: ProgramDetector = {
  id: 'mcp-inspector',
  name: 'MCP Inspector',
  kind: 'ai',
  detect: (facts) => byNpmTool(facts, '@modelcontextprotocol/inspector', ['mcp-inspector']),
};
