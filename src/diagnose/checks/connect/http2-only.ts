import { isKnown } from '../../../model/known.ts';
import { shellCommand } from '../../../model/shell-quote.ts';
import { answererAt, askedEndpoint, askedUrl, judgeSpoken } from '../../asked.ts';
import type { Check } from '../../check.ts';
import { failed, notApplicable, pass } from '../../check-result.ts';
import { clientProtocol } from '../../client-protocol.ts';
import type { EndpointFacts } from '../../facts.ts';
import type { SpokenProtocol } from '../../protocol-names.ts';

/** A server of HTTP/2 alone, as of gRPC, whose clients of HTTP/1.1 get frames they can't read (RFC 9113 3). */
export const http2Only: Check<EndpointFacts> = {
  id: 'http2-only',
  title: 'the server answers HTTP/1.1 too',
  stage: 'protocol',
  explains: ['wrong-protocol', 'connection-reset', 'broken-pipe', 'timeout'],
  judge: (facts) =>
    judgeSpoken(facts, (protocol) => {
      const expected = clientProtocol(facts);
      const ofHttp = expected === null || expected === 'http' || expected === 'https';
      if (!ofHttp || !['http2', 'grpc'].includes(protocol.id)) return notApplicable;
      const { application } = facts;
      if (application !== null && isKnown(application.value)) return pass('it answers HTTP/1.1');
      // Within TLS client and server agree on a version, so that one of HTTP/1.1 is told at once.
      if (protocol.tls !== null && !refusedInTls(facts)) return notApplicable;
      return found(facts, protocol);
    }),
};

const refusedInTls = ({ application }: EndpointFacts): boolean =>
  application?.unanswered === 'not-offered';

const found = (facts: EndpointFacts, { id, name, tls, evidence }: SpokenProtocol) =>
  failed({
    id: 'http2-only',
    severity: 'critical',
    title: `${answererAt(facts)} speaks ${name} alone: a client of HTTP/1.1 gets bytes that it can't read`,
    evidence,
    actions:
      id === 'grpc'
        ? [
            {
              label: 'ask it as gRPC',
              command: shellCommand(
                'grpcurl',
                tls === null ? '-plaintext' : '-insecure',
                askedEndpoint(facts),
                'list',
              ),
            },
            {
              label:
                'for browsers and clients of HTTP/1.1, put a translator before it: Envoy with grpc_web, or grpc-gateway',
              command: null,
            },
          ]
        : [
            {
              label: 'ask it in HTTP/2, and have the client do so (h2c with prior knowledge)',
              command: shellCommand(
                'curl',
                '-i',
                tls === null ? '--http2-prior-knowledge' : '--http2',
                askedUrl(tls === null ? 'http' : 'https', facts),
              ),
            },
          ],
  });
