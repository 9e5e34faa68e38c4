import type { ProgramDetector } from '../program.ts';
import { byDependency, dependency } from '../program-match-project.ts';
import { byPython } from '../program-match.ts';

/**
 * The `fastapi` command, or uvicorn or a program of its own in a project that is made with FastAPI.
 */
export const fastapi: ProgramDetector = {
  id: 'fastapi',
  name: 'FastAPI',
  kind: 'framework',
  detect: (facts) => {
    const command = byPython(facts, 'fastapi') ?? byDependency(facts, ['python'], 'fastapi');
    if (command !== null) return command;
    const uvicorn = byPython(facts, 'uvicorn');
    const depends = uvicorn && dependency(facts, 'fastapi');
    return uvicorn && depends
      ? { evidence: [...uvicorn.evidence, depends], label: 'FastAPI on uvicorn' }
      : null;
  },
};
