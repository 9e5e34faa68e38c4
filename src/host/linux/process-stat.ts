/** The fields of `/proc/<pid>/stat` that Homeport uses, as proc_pid_stat(5) numbers them. */
export type ProcessStat = {
  readonly comm: string;
  readonly state: string;
  readonly ppid: number;
  readonly processGroup: number;
  readonly session: number;
  /** Device number; 0: none. */
  readonly tty: number;
  readonly kernelThread: boolean;
  /** User and system time in clock ticks. */
  readonly cpuTicks: number;
  readonly threads: number;
  /** Clock ticks since boot. */
  readonly startTicks: number;
  readonly residentPages: number;
};

// PF_KTHREAD of include/linux/sched.h.
const kernelThreadFlag = 0x0020_0000;

/**
 * Reads a line of `/proc/<pid>/stat`. The name may hold anything, spaces, parentheses and line feeds
 * included: it ends at the last `)`. null where the text is not such a line.
 */
export const parseStat = (text: string): ProcessStat | null => {
  const open = text.indexOf('(');
  const close = text.lastIndexOf(')');
  if (open === -1 || close < open) return null;
  // Field 3, the state, is fields[0].
  const fields = text.slice(close + 2).split(' ');
  const [state] = fields;
  const number = (field: number): number => Number(fields[field - 3]);
  if (state?.length !== 1 || !Number.isInteger(number(24))) return null;
  return {
    comm: text.slice(open + 1, close),
    state,
    ppid: number(4),
    processGroup: number(5),
    session: number(6),
    tty: number(7),
    kernelThread: (number(9) & kernelThreadFlag) !== 0,
    cpuTicks: number(14) + number(15),
    threads: number(20),
    startTicks: number(22),
    residentPages: number(24),
  };
};
