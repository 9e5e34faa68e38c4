import { openHost } from '../src/host/open-host.ts';
import { wantedInodes } from '../src/host/snapshot.ts';

/* Prints how many ms the scan alone takes in a process that has done nothing before. */
const host = openHost();
const startedAt = process.hrtime.bigint();
const { sockets } = host.sockets({ unix: false, states: 'listening', otherNamespaces: false });
const { holders } = host.holders(wantedInodes(sockets, 'listening'));
const elapsed = Number(process.hrtime.bigint() - startedAt) / 1e6;
console.log(`${elapsed.toFixed(3)} ms, ${sockets.length} sockets, ${holders.size} held`);
