import { parseHttpAnswer, type HttpAnswer } from '../http/http-answer.ts';
import { httpRequest } from '../http/http-request.ts';
import { judgeHttp } from '../http/judge-http.ts';
import type { ByteProbe } from '../protocol-probe.ts';

const programKinds = ['dev-server', 'framework', 'web-server', 'ai'];

/** Dev servers that may compile or warm up before their first page. */
const slowPrograms = [
  'angular',
  'astro',
  'create-react-app',
  'django',
  'docusaurus',
  'dotnet',
  'expo',
  'flask',
  'gatsby',
  'laravel',
  'metro',
  'next',
  'nuxt',
  'phoenix',
  'rails',
  'react-router',
  'remix',
  'spring-boot',
  'storybook',
  'streamlit',
  'sveltekit',
  'vite',
  'vue-cli',
  'webpack-dev-server',
  'wrangler',
];

/** HTTP/1.x (RFC 9112), asked for its front page; products are told apart by their answers. */
export const http1: ByteProbe = {
  id: 'http1',
  name: 'HTTP/1.1',
  hints: ['http', 'ws', ...programKinds, ...slowPrograms],
  ports: [80, 3000, 3001, 4200, 5000, 5173, 8000, 8080, 8888, 9090, 9200, 9229],
  patienceMs: 500,
  hello: (target) => httpRequest(target, '/'),
  read: (bytes, context) => {
    const answer = parseHttpAnswer(bytes, context.ended);
    if (answer === null || answer === 'more') return answer;
    const identification = judgeHttp(answer, context);
    return wantsTls(answer)
      ? { ...identification, details: { ...identification.details, requires: 'TLS' }, next: 'tls' }
      : identification;
  },
};

/** What nginx, Go's net/http and Apache say to plain HTTP on a TLS port. */
const complaints: readonly string[] = [
  'plain HTTP request was sent to HTTPS port',
  'Client sent an HTTP request to an HTTPS server',
  'speaking plain HTTP to an SSL-enabled server port',
];

const wantsTls = (answer: HttpAnswer): boolean =>
  answer.status === 400 && complaints.some((complaint) => answer.body.includes(complaint));
