import { knownOr } from '../../model/known.ts';
import type { Process } from '../../model/process.ts';
import { couldNotCheck, failed, notApplicable, pass } from '../check-result.ts';
import { endpointText, reachEvidence, reachOf } from '../listener-facts.ts';
import type { Rule, RuleFacts } from '../rule.ts';

/** Docker's API over TCP without TLS: who reaches it has root, https://docs.docker.com/engine/security/protect-access/ */
export const dockerApiWithoutTls: Rule = {
  id: 'docker-api-without-tls',
  title: 'Docker API over TCP without TLS',
  judge: (facts) => {
    const { listener } = facts;
    if (listener.transport !== 'tcp') return notApplicable;
    const plain = speaksPlain(facts);
    if (plain === null) return notApplicable;
    if (plain === 'unknown')
      return couldNotCheck('whether dockerd wants TLS on this port was not seen');
    if (!plain.open) return pass;
    const beyond = reachOf(listener) !== 'machine';
    return failed({
      id: 'docker-api-without-tls',
      severity: beyond ? 'critical' : 'warning',
      title: `the Docker API answers on ${endpointText(listener)} without TLS: who connects is root here`,
      evidence: [plain.evidence, ...reachEvidence(listener)],
      benignCauses: ['a proxy in front of it lets only some requests through'],
      actions: [
        {
          label:
            'use the unix socket, or `docker context create --docker host=ssh://…` from elsewhere',
          command: null,
        },
      ],
    });
  },
};

type Plain = { readonly open: boolean; readonly evidence: string };

/** null: not Docker's API. */
const speaksPlain = ({ listener, process, protocol }: RuleFacts): Plain | 'unknown' | null => {
  if (protocol.status === 'identified') {
    if (protocol.id !== 'docker-engine') return null;
    const evidence = protocol.evidence[0] ?? 'it answers as the Docker API';
    return { open: protocol.tls === null && protocol.authentication !== 'required', evidence };
  }
  if (process === null || listener.transport === 'unix') return null;
  return byOptions(process, listener.port);
};

const byOptions = (process: Process, port: number): Plain | 'unknown' | null => {
  const argv = knownOr(process.argv, []);
  if (process.comm !== 'dockerd' && !/(?:^|\/)dockerd$/.test(argv[0] ?? '')) return null;
  const host = argv.find((word) => word.includes('tcp://') && word.endsWith(`:${port}`));
  if (host === undefined) return null;
  if (argv.some((word) => /^--tls(?:verify)?(?:=true)?$/.test(word))) {
    return { open: false, evidence: 'dockerd runs with --tlsverify' };
  }
  return argv.some((word) => word.startsWith('--config-file'))
    ? 'unknown'
    : { open: true, evidence: `dockerd listens by ${host} without --tlsverify` };
};
