/**
 * Why a server must not even be connected to, going by what is known of its program; null where it
 * may. These take one client, or do something when a client comes or leaves, so that no handshake
 * would be gentle.
 */
export const reasonNotToTouch = (hints: readonly string[]): string | null => {
  const hint = hints.find((one) => reasons.has(one));
  return hint === undefined ? null : (reasons.get(hint) ?? null);
};

const oneShot = 'it ends after its first connection';
const endsWithClient = 'it ends when its first client leaves';
const endsTheProgram = 'it ends or resumes the debugged program when its first client leaves';

const reasons: ReadonlyMap<string, string> = new Map([
  ['nc', oneShot],
  ['ncat', oneShot],
  ['netcat', oneShot],
  // JDWP resumes a VM started with suspend=y once a debugger has come and gone (debugInit_reset).
  ['jdwp', endsTheProgram],
  // Without --multi, resp. --accept-multiclient.
  ['gdbserver', endsTheProgram],
  ['lldb-server', endsTheProgram],
  ['delve', endsTheProgram],
  ['dlv', endsTheProgram],
  // Without -forever.
  ['x11vnc', endsWithClient],
]);
