import type { Cause, Diagnosis, Health, Stage } from '../../../../src/model/diagnosis.ts';
import { takenAt } from './literals.ts';

/** A stage that passes, or what `given` makes of it. */
export const stage = (id: Stage['id'], summary: string, given: Partial<Stage> = {}): Stage => ({
  id,
  result: 'pass',
  summary,
  evidence: [],
  durationMs: null,
  ...given,
});

/** Nobody listens, which explains it; or what `given` makes of it. */
export const cause = (given: Partial<Cause> = {}): Cause => ({
  id: 'nothing-listens',
  severity: 'warning',
  title: 'nothing listens on 127.0.0.1:3000',
  evidence: ['no TCP socket listens on port 3000'],
  benignCauses: ['it is being built'],
  actions: [
    { label: 'start shop', command: 'npm run dev', changes: 'it runs until you stop it' },
    { label: 'allow port 80', command: 'sudo sysctl -w x=80', needsRoot: true },
    { label: 'write server.host in vite.config.js', command: null },
  ],
  stage: 'listener',
  explains: true,
  ...given,
});

/** Why 127.0.0.1:3000 refuses. */
export const diagnosis = (given: Partial<Diagnosis> = {}): Diagnosis => ({
  takenAt,
  message: null,
  target: {
    kind: 'endpoint',
    input: '127.0.0.1:3000',
    transport: null,
    host: '127.0.0.1',
    address: '127.0.0.1',
    family: 'ipv4',
    zone: null,
    port: 3000,
    scheme: null,
    notes: [],
  },
  symptom: { class: 'connection-refused', role: 'client', from: 'attempt' },
  verdict: 'explained',
  answer: 'nothing listens on 127.0.0.1:3000',
  stages: [
    stage('name', '127.0.0.1 is an address', { result: 'not-applicable' }),
    stage('address', '127.0.0.1 is on lo', { evidence: ['127.0.0.1 is on lo'] }),
    stage('firewall', 'could not check: not permitted', { result: 'unknown' }),
    stage('listener', 'nobody listens on 127.0.0.1:3000; elsewhere on this port:', {
      result: 'fail',
      evidence: ['Vite (pid 4242) on [::1]:3000'],
    }),
    stage('handshake', '127.0.0.1:3000 refuses (ECONNREFUSED)', {
      result: 'fail',
      evidence: ['127.0.0.1:3000 refuses (ECONNREFUSED)'],
      durationMs: 3.4,
    }),
  ],
  causes: [cause()],
  contradictions: [],
  attempts: [],
  listeners: [],
  elsewhere: [],
  connections: [],
  protocol: { status: 'not-probed', why: 'no connection could be made' },
  checks: [
    { id: 'a', title: 'lo is up', stage: 'address', result: 'pass', fact: 'lo is up, as seen' },
    { id: 'b', title: 'somebody listens there', stage: 'listener', result: 'fail' },
    { id: 'c', title: 'no firewall', stage: 'firewall', result: 'unknown', why: 'not permitted' },
    { id: 'd', title: 'not about this', stage: null, result: 'not-applicable' },
    { id: 'e', title: 'it judges', stage: null, result: 'error', why: 'x is undefined' },
  ],
  next: [
    { label: 'start shop', command: 'npm run dev', changes: 'it runs until you stop it' },
    { label: 'see all that is known of it', command: 'homeport explain 127.0.0.1:3000' },
  ],
  problems: [],
  ...given,
});

/** A machine on which one thing is wrong and one worth knowing. */
export const health = (given: Partial<Health> = {}): Health => ({
  takenAt,
  sound: false,
  checks: diagnosis().checks.map((one) => ({ ...one, stage: null })),
  findings: [{ ...cause({ id: 'b', title: 'lo is down' }) }],
  problems: [],
  ...given,
});
