import type { ProgramDetector } from '../program.ts';
import { byPython, isNamed } from '../program-match.ts';

/** Django's development server, by `manage.py` or `django-admin`. */
export const django: ProgramDetector = {
  id: 'django',
  name: 'Django',
  kind: 'dev-server',
  detect: (facts) => {
    const { script, words } = facts.command;
    if (!/^(?:runserver|runserver_plus|testserver)$/.test(words[0] ?? '')) return null;
    return script !== null && isNamed(script, 'manage.py')
      ? { evidence: [`script ${script} ${words[0]}`] }
      : (byPython(facts, 'django') ?? byPython(facts, 'django-admin'));
  },
};
