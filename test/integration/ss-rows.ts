import { asUser } from '../support/as-user.ts';

/** One row of `ss -tuxanpe`, in the terms that both sides can be brought to. */
export type Row = Readonly<Record<string, string>>;

/** Runs `ss`, optionally as another user, and returns its rows by identity (cookie where there is one, else the addresses). */
export const readSs = (uid?: number): ReadonlyMap<string, Row> => {
  const text = asUser(uid, 'ss', ['-H', '-O', '-tuxanpe'], 'latin1');
  const rows = text.split('\n').filter((line) => line !== '');
  return new Map(rows.map(parseRow).map((row) => [keyOf(row), row]));
};

/** What makes two rows the same socket. */
export const keyOf = (row: Row): string =>
  row['cookie'] === '' || row['cookie'] === undefined
    ? `${row['netid']} ${row['local']} ${row['peer']} ${row['inode']}`
    : `${row['netid']} ${row['cookie']}`;

const parseRow = (line: string): Row => (line.startsWith('u_') ? parseUnix(line) : parseInet(line));

const parseInet = (line: string): Row => {
  const [netid = '', state = '', receive = '', send = '', local = '', peer = ''] =
    line.split(/\s+/);
  const rest = line.slice(line.indexOf(peer, line.indexOf(local) + local.length) + peer.length);
  const inode = told(rest, /\bino:(\d+)/) || '0';
  return {
    netid,
    state,
    receive,
    send,
    local: withoutZone(local),
    peer: withoutZone(peer),
    users: usersOf(rest),
    // ss leaves out a uid of 0; a socket of the kernel's own has none at all.
    uid: told(rest, /\buid:(\d+)/) || (inode === '0' ? '?' : '0'),
    inode,
    cookie: told(rest, /\bsk:([0-9a-f]+)/),
    v6only: told(rest, /\bv6only:([01])/),
  };
};

const parseUnix = (line: string): Row => {
  const parts = /^(u_\w+)\s+(\S+)\s+(\d+)\s+(\d+)\s+(.*?) (\d+)\s+\* (\d+)\s*(.*)$/.exec(line);
  if (parts === null) throw new Error(`not a row of ss: ${line}`);
  const [
    ,
    netid = '',
    state = '',
    receive = '',
    send = '',
    name = '',
    inode = '',
    peer = '',
    rest = '',
  ] = parts;
  return { netid, state, receive, send, local: name, peer, users: usersOf(rest), inode };
};

const withoutZone = (address: string): string => address.replace(/%[^\]:]+/, '');

const told = (text: string, pattern: RegExp): string => pattern.exec(text)?.[1] ?? '';

const usersOf = (text: string): string =>
  [...text.matchAll(/pid=(\d+),fd=(\d+)/g)]
    .map(([, pid, fd]) => `${pid}:${fd}`)
    .sort()
    .join(' ');
