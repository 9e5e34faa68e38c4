import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Diagnosis } from '../../src/model/diagnosis.ts';
import { diagnosisSchema } from '../../src/operations/schemas/diagnosis.schema.ts';
import type { WhyInput } from '../../src/operations/why.schema.ts';
import { bareEnvironment } from './start-apart.ts';

/** What a machine of the test's own is like, in namespaces: network, processes, files and host name. */
export type ApartMachine = {
  /** Shell commands that set it up, after lo. */
  readonly commands?: readonly string[];
  /** `left`: lo is down, as it comes. */
  readonly loopback?: 'up' | 'left';
  /** Path → what this file is there. */
  readonly files?: Readonly<Record<string, string>>;
  /** Python programs that run while Homeport looks; each prints a line when it is ready. */
  readonly python?: readonly string[];
  /** Words before the program that asks: `setpriv …`, which may take rights from it. */
  readonly prefix?: string;
  /** The folder that is asked from. */
  readonly cwd?: string;
};

/** Asks why on a machine of the test's own, which is gone afterwards with all that runs on it. */
export const whyApart = (input: WhyInput, machine: ApartMachine = {}): Diagnosis => {
  const folder = mkdtempSync(join(tmpdir(), 'homeport-why-'));
  try {
    writeFiles(folder, machine);
    const printed = execFileSync(
      'unshare',
      [...apart, 'sh', '-ec', script(machine), 'sh', folder],
      {
        encoding: 'utf8',
        timeout: 25_000,
        env: {
          ...bareEnvironment(),
          NODE: process.execPath,
          WHY: program,
          QUESTION: JSON.stringify(input),
          ASKED_FROM: machine.cwd ?? '/',
        },
      },
    );
    return diagnosisSchema.parse(JSON.parse(printed));
  } finally {
    rmSync(folder, { recursive: true });
  }
};

const apart = ['-nmu', '--pid', '--fork', '--kill-child', '--mount-proc'];

const script = ({
  commands = [],
  loopback = 'up',
  files = {},
  python = [],
  prefix = '',
}: ApartMachine): string =>
  [
    ...(loopback === 'up' ? ['ip link set lo up'] : []),
    ...Object.keys(files).map((path, index) => `mount --bind "$1/file${index}" ${path}`),
    ...commands,
    ...python.map(
      (_, index) =>
        `python3 "$1/python${index}.py" >"$1/ready${index}" & until [ -s "$1/ready${index}" ]; do kill -0 $!; sleep 0.02; done`,
    ),
    'cd "$ASKED_FROM"',
    `exec ${prefix} "$NODE" --input-type=module -e "$WHY"`,
  ].join('\n');

/** Writes what the script reads. */
const writeFiles = (folder: string, { files = {}, python = [] }: ApartMachine): void => {
  for (const [index, text] of Object.values(files).entries()) {
    writeFileSync(join(folder, `file${index}`), text);
  }
  for (const [index, text] of python.entries()) {
    writeFileSync(join(folder, `python${index}.py`), text);
  }
};

const source = join(import.meta.dirname, '../../src');

const program = `
  const { openHost } = await import('${source}/host/open-host.ts');
  const { why } = await import('${source}/operations/why.ts');
  const context = { host: openHost(), signal: AbortSignal.timeout(20_000), now: Date.now };
  console.log(JSON.stringify(await why(context, JSON.parse(process.env.QUESTION))));`;
