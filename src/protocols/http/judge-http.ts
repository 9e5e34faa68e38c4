import { httpProducts } from '../http-products/registry.ts';
import { clip, identified } from '../identification.ts';
import type { ByteProbe, Identification, ProbeTarget } from '../protocol-probe.ts';
import { frameworkEvidence } from './frameworks.ts';
import { htmlTitle } from './html-title.ts';
import { parseHttpAnswer, type HttpAnswer } from './http-answer.ts';
import type { HttpProduct, ProductSight } from './http-product.ts';
import { httpRequest } from './http-request.ts';

/**
 * Says what answered a `GET /`: a known product, else plain HTTP; with the one follow-up question
 * that would tell more, where the answer or a hint suggests it.
 */
export const judgeHttp = (answer: HttpAnswer, target: ProbeTarget): Identification => {
  const isSuspect = ({ followUp }: HttpProduct): boolean =>
    followUp?.suspect(answer, target.hints) === true;
  for (const product of httpProducts) {
    const sight = product.judge(answer);
    if (sight === null) continue;
    const shown = showProduct(product, sight, answer);
    return isSuspect(product) ? withFollowUp(shown, product) : shown;
  }
  const plain = plainHttp(answer);
  const product = httpProducts.find((one) => isSuspect(one));
  return product === undefined ? plain : withFollowUp(plain, product);
};

/** What any HTTP answer shows, whatever the product. */
const plainHttp = (answer: HttpAnswer): Identification =>
  identified({
    version: answer.version,
    server: headerOf(answer, 'server'),
    title: titleOf(answer),
    authentication: answer.status === 401 || answer.status === 407 ? 'required' : null,
    details: detailsOf(answer),
    evidence: [statusEvidence(answer), ...frameworkEvidence(answer)],
  });

const showProduct = (
  product: HttpProduct,
  sight: ProductSight,
  answer: HttpAnswer,
): Identification => {
  const plain = plainHttp(answer);
  return {
    ...plain,
    id: product.id,
    name: sight.name ?? product.name,
    version: sight.version ?? null,
    authentication: sight.authentication ?? plain.authentication,
    details: { ...plain.details, over: `HTTP/${answer.version}`, ...sight.details },
    evidence: [...plain.evidence, ...sight.evidence],
  };
};

const withFollowUp = (identification: Identification, product: HttpProduct): Identification => {
  const { followUp } = product;
  return followUp === undefined
    ? identification
    : { ...identification, next: followUpProbe(product, followUp) };
};

const followUpProbe = (
  product: HttpProduct,
  followUp: NonNullable<HttpProduct['followUp']>,
): ByteProbe => ({
  id: product.id,
  name: `${product.name} (GET ${followUp.path})`,
  hello: (target) => httpRequest(target, followUp.path, followUp.headers),
  read: (bytes, { ended }) => {
    const answer = parseHttpAnswer(bytes, ended);
    if (answer === null || answer === 'more') return answer;
    const sight = followUp.judge(answer);
    if (sight === null) return null;
    return identified({
      id: product.id,
      name: sight.name ?? product.name,
      version: sight.version ?? null,
      authentication: sight.authentication ?? null,
      details: { over: `HTTP/${answer.version}`, ...sight.details },
      evidence: sight.evidence,
    });
  },
});

const statusEvidence = ({ version, status, reason }: HttpAnswer): string =>
  clip(`answered GET / with HTTP/${version} ${status} ${reason}`.trim());

const headerOf = (answer: HttpAnswer, name: string): string | null => {
  const value = answer.headers.get(name);
  return value === undefined || value === '' ? null : clip(value);
};

const titleOf = (answer: HttpAnswer): string | null => {
  const title = htmlTitle(answer.body);
  return title === null ? null : clip(title);
};

const shownHeaders: Readonly<Record<string, string>> = {
  'content-type': 'contentType',
  location: 'location',
  'x-powered-by': 'poweredBy',
  'www-authenticate': 'wwwAuthenticate',
  'alt-svc': 'altSvc',
};

const detailsOf = (answer: HttpAnswer): Readonly<Record<string, string>> => {
  const headers = Object.entries(shownHeaders).flatMap(([header, name]) => {
    const value = headerOf(answer, header);
    return value === null ? [] : [[name, value] as const];
  });
  return { status: String(answer.status), ...Object.fromEntries(headers) };
};
