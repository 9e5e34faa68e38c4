import type { Explanation } from '../../../../model/explanation.ts';
import type { Protocol, TlsFacts } from '../../../../model/protocol.ts';
import { line, span, type Line, type Style } from '../../text/line.ts';
import { withVersion } from '../words.ts';
import { evidenceLines, factLine } from './facts.ts';
import type { ExplanationView, Section } from './section.ts';

type Identified = Extract<Protocol, { status: 'identified' }>;

/** What a handshake showed. */
export const protocolSection = (
  { protocol, exposure }: Pick<Explanation, 'protocol' | 'exposure'>,
  view: ExplanationView,
): Section => ({
  label: 'speaks',
  lines: linesOf(protocol, isOpen(exposure) ? 'caution' : 'dim', view),
});

/** Whether others than this machine's own programs can ask. */
const isOpen = (exposure: Explanation['exposure']): boolean =>
  exposure?.level === 'local-network' || exposure?.level === 'anyone-routed';

const linesOf = (protocol: Protocol, openStyle: Style, view: ExplanationView): Line[] => {
  switch (protocol.status) {
    case 'identified':
      return identified(protocol, openStyle, view);
    case 'unrecognised':
      return [
        line('accepts connections; no handshake got an answer that is known'),
        ...evidenceLines(protocol.evidence, view),
      ];
    case 'not-probed':
      return [line(`nothing was sent: ${protocol.why}`, 'dim')];
    case 'unreachable':
      return [[span('no connection: ', 'caution'), span(protocol.why)]];
  }
};

const identified = (protocol: Identified, openStyle: Style, view: ExplanationView): Line[] => {
  const { name, version, server, title, authentication, tls, details, evidence } = protocol;
  const answersAll =
    authentication === 'none' ? [span(' · asks for no credentials', openStyle)] : [];
  const facts = factLine([
    withVersion(name, version),
    server,
    title === null ? null : `“${title}”`,
    authentication === 'required' ? 'asks for credentials' : null,
  ]);
  const more = Object.entries(details).map(([key, value]) => `${key} ${value}`);
  return [
    [...facts, ...answersAll],
    ...(tls === null ? [] : [tlsLine(tls)]),
    ...(view.verbose && more.length > 0 ? [factLine(more)] : []),
    ...evidenceLines(evidence, view),
  ];
};

const tlsLine = (tls: TlsFacts): Line =>
  factLine([
    tls.version,
    tls.alpn,
    `certificate of ${tls.names.length === 0 ? tls.subject : tls.names.slice(0, 4).join(', ')}`,
    tls.selfSigned ? 'self-signed' : `issued by ${tls.issuer}`,
    `valid to ${tls.validTo.slice(0, 10)}`,
  ]);
