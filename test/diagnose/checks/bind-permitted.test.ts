import { describe, expect, it } from 'vitest';
import { addressNotHere } from '../../../src/diagnose/checks/bind/address-not-here.ts';
import { excludedRangeWindows } from '../../../src/diagnose/checks/bind/excluded-range-windows.ts';
import { privilegedPort } from '../../../src/diagnose/checks/bind/privileged-port.ts';
import { bindChecks } from '../../../src/diagnose/checks/bind/registry.ts';
import { reservedPort } from '../../../src/diagnose/checks/bind/reserved-port.ts';
import { blockedByBrowsers } from '../../../src/diagnose/checks/connect/blocked-by-browsers.ts';
import type { EndpointFacts } from '../../../src/diagnose/facts.ts';
import type { BindTrial } from '../../../src/model/diagnosis.ts';
import { unknown } from '../../../src/model/known.ts';
import { endpointFacts, soundInterfaces, type Told } from '../../support/diagnosis-facts.ts';
import {
  bindFacts,
  commandsOf,
  endOf,
  findingOf,
  free,
  listening,
  messageFrom,
} from './bind-facts.ts';

const always = (code: string): BindTrial => ({ reusing: code, plain: code });

describe('privileged-port', () => {
  const denied = (text: string, told: Told = {}, trial: BindTrial | null = always('EACCES')) =>
    bindFacts(text, told, trial, 'permission-denied');

  it('says who may bind it, and three ways', () => {
    const facts = denied('127.0.0.1:80', { facts: { message: messageFrom('node') } });
    const finding = findingOf(privilegedPort, facts);
    expect(finding.title).toBe(
      '127.0.0.1:80 is below 1024: only root, or a program with CAP_NET_BIND_SERVICE, can bind it',
    );
    expect(finding.evidence).toContain('net.ipv4.ip_unprivileged_port_start is 1024');
    expect(finding.actions[0]?.label).toContain('8080');
    expect(commandsOf(finding)).toEqual([
      null,
      'sudo sysctl -w net.ipv4.ip_unprivileged_port_start=80',
      'sudo setcap cap_net_bind_service=+ep "$(readlink -f "$(command -v node)")"',
    ]);
    expect(finding.actions.slice(1).every(({ needsRoot }) => needsRoot === true)).toBe(true);
    expect(finding.actions.slice(1).every(({ changes }) => typeof changes === 'string')).toBe(true);
  });

  it('names no file where it is not known what runs the server', () => {
    const finding = findingOf(privilegedPort, denied('127.0.0.1:443'));
    expect(finding.actions[2]).toMatchObject({ command: null });
    expect(finding.actions[0]?.label).toContain('8443');
  });

  it('believes the message, though Homeport itself may bind it', () => {
    expect(endOf(privilegedPort, denied('127.0.0.1:80', { asker: { uid: 0 } }, free))).toBe('fail');
  });

  it('judges by the user where nothing was tried', () => {
    expect(endOf(privilegedPort, bindFacts('127.0.0.1:80', {}, null))).toBe('fail');
    expect(endOf(privilegedPort, bindFacts('127.0.0.1:80', { asker: { uid: 0 } }, null))).toBe(
      'pass',
    );
  });

  it.each([
    ['a port above the limit', '127.0.0.1:1024', {}, always('EACCES')],
    ['a limit that was lowered', '127.0.0.1:80', { machine: { unprivilegedPortStart: 80 } }, free],
  ] as const)('passes %s', (_, text, told, trial) => {
    expect(endOf(privilegedPort, denied(text, told, trial))).toBe('pass');
  });

  it('passes a user who has the capability', () => {
    expect(endOf(privilegedPort, bindFacts('127.0.0.1:80', {}, free))).toBe('pass');
  });

  it('is not known where the limit could not be read', () => {
    const machine = { unprivilegedPortStart: unknown('unsupported') };
    expect(endOf(privilegedPort, denied('127.0.0.1:80', { machine }))).toBe('unknown');
  });
});

describe('address-not-here', () => {
  const missing = (
    text: string,
    told: Told = {},
    trial: BindTrial | null = always('EADDRNOTAVAIL'),
  ) => bindFacts(text, told, trial, 'address-not-available');

  it('says which addresses are here, and which one it was near', () => {
    const finding = findingOf(addressNotHere, missing('192.168.1.77:3000'));
    expect(finding.title).toBe(
      "192.168.1.77:3000 can't be bound: no interface of this machine has 192.168.1.77",
    );
    expect(finding.evidence).toContain(
      'addresses of this machine: 127.0.0.1 (lo), ::1 (lo), 192.168.1.20 (eth0)',
    );
    expect(finding.evidence.join()).toContain('in the network of eth0, which has 192.168.1.20');
    expect(commandsOf(finding)).toEqual([null, 'sudo sysctl -w net.ipv4.ip_nonlocal_bind=1']);
  });

  it('says what a name stands for', () => {
    const facts = missing('box.test:3000', { facts: { addresses: ['203.0.113.7'] } });
    expect(findingOf(addressNotHere, facts).evidence).toContain('box.test is 203.0.113.7 here');
    const nothing = missing('box.test:3000', { facts: { addresses: [] } });
    expect(endOf(addressNotHere, nothing)).toBe('unknown');
  });

  it('tells that IPv6 is off, or not there', () => {
    const [lo, eth0] = soundInterfaces;
    const four = [lo, eth0].flatMap((one) =>
      one === undefined
        ? []
        : [{ ...one, addresses: one.addresses.filter(({ family }) => family === 'ipv4') }],
    );
    const off: Told = {
      snapshot: { interfaces: four },
      network: { ipv6Disabled: { all: true, lo: true } },
    };
    const finding = findingOf(addressNotHere, missing('[::1]:3000', off));
    expect(finding.title).toContain('IPv6 is switched off on this machine');
    expect(commandsOf(finding)).toContain('sudo sysctl -w net.ipv6.conf.all.disable_ipv6=0');
    const onLo = { ...off, network: { ipv6Disabled: { all: false, lo: true } } };
    expect(findingOf(addressNotHere, missing('[::1]:3000', onLo)).title).toContain('switched off');
    const none = missing('[::1]:3000', { network: { ipv6Disabled: null } }, always('EAFNOSUPPORT'));
    expect(findingOf(addressNotHere, none).title).toContain('this kernel has no IPv6');
  });

  it('tells an interface that is down from an address that is not ready', () => {
    const [lo] = soundInterfaces;
    const down = lo === undefined ? [] : [{ ...lo, up: false }];
    const facts = missing('[::1]:3000', { snapshot: { interfaces: down } });
    expect(findingOf(addressNotHere, facts).title).toContain('lo, which has ::1, is down');
    expect(findingOf(addressNotHere, missing('[::1]:3000')).title).toContain(
      'checked for duplicates',
    );
  });

  it('asks for the zone of a link-local address', () => {
    const finding = findingOf(addressNotHere, missing('[fe80::1]:3000', {}, always('EINVAL')));
    expect(finding.title).toContain('fe80::1 is link-local');
    expect(finding.actions[0]?.label).toContain('bind [fe80::1%INTERFACE]:3000');
  });

  it.each([
    ['an address of this machine', '192.168.1.20:3000', {}],
    ['any address of 127.0.0.0/8', '127.3.4.5:3000', {}],
    ['a wildcard', '0.0.0.0:3000', {}],
    [
      'a foreign address where those may be bound',
      '203.0.113.7:3000',
      { network: { nonlocalBind: true } },
    ],
  ] as const)('passes %s in a snapshot', (_, text, told) => {
    expect(endOf(addressNotHere, missing(text, told, null))).toBe('pass');
  });

  it('judges a snapshot by its interfaces', () => {
    expect(endOf(addressNotHere, missing('203.0.113.7:3000', {}, null))).toBe('fail');
    const unread = missing('203.0.113.7:3000', { snapshot: { interfaces: [] } }, null);
    expect(endOf(addressNotHere, unread)).toBe('unknown');
  });

  it('believes the kernel, and does not apply to a port alone', () => {
    expect(endOf(addressNotHere, missing('203.0.113.7:3000', {}, free))).toBe('pass');
    expect(endOf(addressNotHere, missing('3000'))).toBe('not-applicable');
  });
});

describe('reserved-port', () => {
  it('says that reserving keeps nobody from binding', () => {
    const reservedPorts = [{ first: 8080, last: 8081 }];
    const judge = (text: string, told: Told = {}) => reservedPort.judge(bindFacts(text, told));
    expect(judge('127.0.0.1:8081', { machine: { reservedPorts } })).toEqual({
      result: 'pass',
      fact: '8081 is in ip_local_reserved_ports: that keeps outgoing connections from it, and lets servers bind it',
    });
    expect(judge('127.0.0.1:8082', { machine: { reservedPorts } })).toMatchObject({
      fact: '8082 is not reserved',
    });
    const unread = { machine: { reservedPorts: unknown('denied') } };
    expect(judge('127.0.0.1:8082', unread)).toMatchObject({ result: 'unknown' });
  });
});

describe('excluded-range-windows', () => {
  it('gives the commands for the Windows side', () => {
    const facts = bindFacts('127.0.0.1:50051', {}, free, 'port-in-excluded-range');
    const finding = findingOf(excludedRangeWindows, facts);
    expect(finding.title).toContain('Windows refuses 127.0.0.1:50051');
    expect(commandsOf(finding)[0]).toBe('netsh interface ipv4 show excludedportrange protocol=tcp');
    expect(commandsOf(finding)[1]).toContain('startport=50051');
  });

  it('is about messages of Windows alone', () => {
    expect(endOf(excludedRangeWindows, bindFacts('127.0.0.1:50051'))).toBe('not-applicable');
  });
});

describe('blocked-by-browsers', () => {
  const unsafe = (text: string, told: Partial<EndpointFacts> = {}, sockets: Told['sockets'] = []) =>
    endpointFacts(text, {
      sockets,
      facts: { symptom: { class: 'unsafe-port', role: 'client', from: 'message' }, ...told },
    });

  it('names the nearest ports that browsers connect to', () => {
    const facts = unsafe('http://localhost:6665/', {}, [listening(70, '127.0.0.1', 6670)]);
    const finding = findingOf(blockedByBrowsers, facts);
    expect(finding.title).toContain('refuse HTTP on port 6665');
    expect(finding.evidence.join()).toContain('6671, 6672, 6673');
    expect(finding.actions[0]?.label).toContain('6671');
    expect(finding.severity).toBe('warning');
  });

  it('is a notice to who asks about a URL that did not fail for it', () => {
    const symptom = { class: 'connection-refused', role: 'client', from: 'attempt' } as const;
    const facts = unsafe('http://localhost:6000/', { symptom }, [listening(70, '127.0.0.1', 6000)]);
    expect(findingOf(blockedByBrowsers, facts)).toMatchObject({ severity: 'notice' });
    expect(findingOf(blockedByBrowsers, facts).evidence.join()).toContain('127.0.0.1:6000 listens');
  });

  it('does not bother who speaks something else there', () => {
    const symptom = { class: 'connection-refused', role: 'client', from: 'attempt' } as const;
    expect(endOf(blockedByBrowsers, unsafe('localhost:25', { symptom }))).toBe('not-applicable');
    expect(endOf(blockedByBrowsers, unsafe('http://localhost:3000/'))).toBe('pass');
  });
});

describe('the registry', () => {
  it('has each check once, under the name of its file', () => {
    const ids = bindChecks.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.every((id) => /^[a-z]+(?:-[a-z]+)*$/.test(id))).toBe(true);
  });

  it('names in its findings the check that found them', () => {
    const failing = [
      bindFacts('127.0.0.1:80', {}, always('EACCES'), 'permission-denied'),
      bindFacts('203.0.113.7:3000', {}, always('EADDRNOTAVAIL'), 'address-not-available'),
      bindFacts('127.0.0.1:50051', {}, free, 'port-in-excluded-range'),
    ];
    for (const facts of failing) {
      const explaining = bindChecks.flatMap((check) => {
        const result = check.judge(facts);
        return result.result === 'fail' ? result.findings.map(({ id }) => [check.id, id]) : [];
      });
      expect(explaining).toHaveLength(1);
      expect(explaining.every(([check, finding]) => check === finding)).toBe(true);
    }
  });
});
