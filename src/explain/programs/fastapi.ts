import type { ProgramDetector } from '../program.ts';
import { byDependency, byPython, dependsOn } from '../program-match.ts';

/** The `fastapi` command, or uvicorn or a program of its own in a project that is made with FastAPI. */
export const fastapi: ProgramDetector = {
  id: 'fastapi',
  name: 'FastAPI',
  kind: 'framework',
  detect: (facts) => {
    const command = byPython(facts, 'fastapi') ?? byDependency(facts, ['python'], 'fastapi');
    if (command !== null) return command;
    const uvicorn = dependsOn(facts, 'fastapi') ? byPython(facts, 'uvicorn') : null;
    return (
      uvicorn && {
        evidence: [
          ...uvicorn.evidence,
          `${facts.project?.manifest?.file ?? ''} depends on fastapi`,
        ],
        label: 'FastAPI on uvicorn',
      }
    );
  },
};
