import type { HttpAnswer } from '../http/http-answer.ts';
import { jsonObjectOf, type HttpProduct } from '../http/http-product.ts';
import { textMember } from '../wire/json.ts';

const isOllama = (answer: HttpAnswer): boolean => answer.body.trim() === 'Ollama is running';

/** Ollama: `GET /` answers `Ollama is running`; it knows no credentials. */
export const ollama: HttpProduct = {
  id: 'ollama',
  name: 'Ollama',
  judge: (answer) =>
    isOllama(answer)
      ? { authentication: 'none', evidence: ['answers GET / with Ollama is running'] }
      : null,
  followUp: {
    path: '/api/version',
    suspect: isOllama,
    judge: (answer) => {
      const version = textMember(jsonObjectOf(answer), 'version');
      return version === null ? null : { version, evidence: [`GET /api/version names ${version}`] };
    },
  },
};
