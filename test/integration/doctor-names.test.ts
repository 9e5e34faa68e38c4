import { describe, expect, it } from 'vitest';
import { doctorApart, loopbackOn } from '../support/doctor-apart.ts';
import { isRoot } from '../support/launcher.ts';
import { hasPython } from '../support/start-python.ts';

const resolverFiles = (hosts: string, sources = 'files dns') => ({
  '/etc/hosts': hosts,
  '/etc/nsswitch.conf': `hosts: ${sources}\n`,
  '/etc/resolv.conf': 'nameserver 127.0.0.1\noptions timeout:1 attempts:1\n',
});

const soundHosts = '127.0.0.1 localhost\n::1 localhost\n';

/** A name server that says 10.9.9.9 for every name, and that there is no IPv6 address. */
const nameServer = `
def answer(ready):
    server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    server.bind(('127.0.0.1', 53))
    ready()
    while True:
        asked, client = server.recvfrom(512)
        end = asked.index(b'\\0', 12) + 5
        is_ipv4 = asked[end - 4:end - 2] == b'\\0\\x01'
        found = b'\\xc0\\x0c\\0\\x01\\0\\x01\\0\\0\\0\\x3c\\0\\x04\\x0a\\x09\\x09\\x09' if is_ipv4 else b''
        head = asked[:2] + b'\\x81\\x80\\0\\x01' + (b'\\0\\x01' if is_ipv4 else b'\\0\\0') + b'\\0\\0\\0\\0'
        server.sendto(head + asked[12:end] + found, client)
child(answer)
doctor()`;

describe.skipIf(!isRoot || !hasPython)(
  'doctor on names that lead away (needs root and python3)',
  () => {
    it('finds nothing wrong in a usual hosts file', () => {
      const verdict = doctorApart({
        files: resolverFiles(
          `${soundHosts}127.0.1.1 shop.localhost\n10.0.0.5 db\n0.0.0.0 ads.example\n`,
        ),
      });
      for (const id of [
        'hosts-file-localhost',
        'hosts-file-localhost-ipv6',
        'hosts-file-elsewhere',
        'resolver-sources',
        'localhost-resolves-here',
      ]) {
        expect({ id, ...verdict(id) }).toMatchObject({ id, result: 'pass' });
      }
    });

    it('misses localhost in the hosts file', () => {
      const verdict = doctorApart({ files: resolverFiles('127.0.0.1 box\n', 'files') });
      expect(verdict('hosts-file-localhost').evidence).toContain(
        'no line of /etc/hosts names localhost',
      );
      expect(verdict('localhost-resolves-here').titles).toEqual([
        'localhost resolves to nothing: clients that use the name end with ENOTFOUND',
      ]);
    });

    it('tells of a hosts file that points elsewhere, and of this machine’s old address', () => {
      const hosts = '10.0.0.5 localhost\n0.0.0.0 shop.localhost\n10.0.0.6 old-box\n';
      const verdict = doctorApart({
        setUp: `${loopbackOn}\nhostname old-box`,
        files: resolverFiles(hosts),
      });
      expect(verdict('hosts-file-elsewhere').titles).toEqual([
        '/etc/hosts points localhost to 10.0.0.5, which is another machine',
        '/etc/hosts points shop.localhost to 0.0.0.0, which is no address: servers that listen on the name are open to the network',
        '/etc/hosts says that this machine, old-box, is 10.0.0.6, and no interface has that address',
      ]);
      expect(verdict('localhost-resolves-here').titles).toEqual([
        'localhost resolves to 10.0.0.5, which is no loopback address',
      ]);
    });

    it('tells of a resolver that has localhost answered from outside', () => {
      const verdict = doctorApart({
        files: resolverFiles(soundHosts, 'dns'),
        python: nameServer,
      });
      expect(verdict('resolver-sources').titles).toEqual([
        'the hosts file is never asked: what localhost means is up to name servers',
      ]);
      expect(verdict('localhost-resolves-here').evidence).toContain(
        'the system’s resolver says 10.9.9.9',
      );
    });

    it('does not where the hosts file is asked before that server', () => {
      const verdict = doctorApart({ files: resolverFiles(soundHosts), python: nameServer });
      expect(verdict('resolver-sources').result).toBe('pass');
      expect(verdict('localhost-resolves-here').result).toBe('pass');
    });
  },
);
