import { readFileSync, statSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { portNamesFile, portNamesText } from '../../scripts/generate-port-names.ts';
import { commonPorts } from '../../src/model/data/common-ports.ts';
import { portAnatomy } from '../../src/explain/port-anatomy.ts';
import { registeredNamesOf } from '../../src/explain/port-names.ts';
import { unknown } from '../../src/model/known.ts';
import type { Machine } from '../../src/model/machine.ts';

const linux: Machine = {
  platform: 'linux',
  kernel: '6.18.0',
  hostname: 'box',
  bootId: 'b',
  bootedAt: unknown('unsupported'),
  ephemeralRange: { first: 32_768, last: 60_999 },
  reservedPorts: [],
  unprivilegedPortStart: 1024,
  uid: 1000,
  namespace: 'net:[1]',
};

describe('portAnatomy', () => {
  it('tells the dynamic class from the ephemeral range of this kernel', () => {
    const inside = portAnatomy(49_342, 'tcp', linux);
    expect(inside).toMatchObject({ class: 'dynamic', inEphemeralRange: true, privileged: false });
    expect(inside.notes.join()).toContain('32768–60999: while no server holds it');
    const outside = portAnatomy(62_893, 'tcp', linux);
    expect(outside).toMatchObject({ class: 'dynamic', inEphemeralRange: false });
    expect(outside.notes.join()).toContain('Dynamic by RFC 6335, but');
    expect(portAnatomy(40_000, 'tcp', linux)).toMatchObject({
      class: 'registered',
      inEphemeralRange: true,
    });
  });

  it('calls both dynamic ports ephemeral where the kernel has the range of RFC 6335', () => {
    const other = { ...linux, ephemeralRange: { first: 49_152, last: 65_535 } };
    expect(portAnatomy(49_342, 'tcp', other).inEphemeralRange).toBe(true);
    expect(portAnatomy(62_893, 'tcp', other).inEphemeralRange).toBe(true);
  });

  it('knows that no outgoing connection gets a reserved port', () => {
    const reserving = { ...linux, reservedPorts: [{ first: 50_051, last: 50_051 }] };
    const anatomy = portAnatomy(50_051, 'tcp', reserving);
    expect(anatomy.reserved).toBe(true);
    expect(anatomy.notes.join()).toContain('but reserved');
    expect(portAnatomy(50_052, 'tcp', reserving).reserved).toBe(false);
  });

  it('asks this kernel where privilege ends', () => {
    expect(portAnatomy(80, 'tcp', linux).privileged).toBe(true);
    expect(portAnatomy(80, 'tcp', linux).notes.join()).toContain('below 1024');
    expect(portAnatomy(80, 'tcp', { ...linux, unprivilegedPortStart: 80 }).privileged).toBe(false);
    expect(portAnatomy(1024, 'tcp', linux).privileged).toBe(false);
  });

  it('keeps what could not be read unknown, with its reason', () => {
    const blind: Machine = {
      ...linux,
      ephemeralRange: unknown('denied'),
      reservedPorts: unknown('gone'),
      unprivilegedPortStart: unknown('unsupported'),
    };
    expect(portAnatomy(3000, 'tcp', blind)).toMatchObject({
      inEphemeralRange: { unknown: 'denied' },
      reserved: { unknown: 'gone' },
      privileged: { unknown: 'unsupported' },
    });
    expect(portAnatomy(3000, 'tcp', blind).notes.join()).toContain('could not be read');
  });

  it('says which ports browsers refuse', () => {
    const anatomy = portAnatomy(6667, 'tcp', linux);
    expect(anatomy.blockedByBrowsers).toBe(true);
    expect(anatomy.notes.join()).toContain('Browsers and fetch() refuse');
    expect(portAnatomy(3000, 'tcp', linux).blockedByBrowsers).toBe(false);
  });

  it('tells registrations from habits', () => {
    const anatomy = portAnatomy(3000, 'tcp', linux);
    expect(anatomy.registeredNames).toEqual(['remoteware-cl']);
    expect(anatomy.commonUses).toContain('Next.js');
    expect(anatomy.notes.join()).toContain('registration only');
    expect(portAnatomy(5173, 'tcp', linux)).toMatchObject({ registeredNames: [] });
    expect(portAnatomy(5173, 'tcp', linux).commonUses).toContain('Vite');
    expect(portAnatomy(49_342, 'tcp', linux).commonUses).toEqual([]);
  });

  it('warns of AirPlay', () => {
    expect(portAnatomy(5000, 'tcp', linux).notes.join()).toContain('AirPlay');
  });

  it('explains port 0', () => {
    expect(portAnatomy(0, null, linux)).toMatchObject({
      class: 'well-known',
      privileged: false,
      notes: ['Binding port 0 makes the kernel pick a free port; nobody can be reached on it.'],
    });
  });

  it('has an answer for every port', () => {
    fc.assert(
      fc.property(fc.nat(65_535), fc.constantFrom('tcp', 'udp', null), (port, transport) => {
        const anatomy = portAnatomy(port, transport, linux);
        expect(anatomy.notes.every((note) => note.endsWith('.'))).toBe(true);
        expect(anatomy.registeredNames.every((name) => /^[^;,=\s]+$/.test(name))).toBe(true);
      }),
    );
  });
});

describe('registeredNamesOf', () => {
  it.each([
    [80, 'tcp', ['http', 'www', 'www-http']],
    [443, 'udp', ['https']],
    [5432, 'tcp', ['postgresql']],
    [5353, 'udp', ['mdns']],
    [514, 'tcp', ['shell']],
    [514, 'udp', ['syslog']],
    [514, null, ['shell', 'syslog']],
    [1, 'tcp', ['tcpmux']],
    [49_342, null, []],
  ] as const)('%d over %s is %j', (port, transport, names) => {
    expect(registeredNamesOf(port, transport)).toEqual(names);
  });
});

describe('the tables', () => {
  it('are current: run node scripts/generate-port-names.ts', () => {
    expect(readFileSync(portNamesFile, 'utf8')).toBe(portNamesText());
  });

  it('stay small', () => {
    expect(statSync(portNamesFile).size).toBeLessThan(200_000);
  });

  it('of common uses hold ports, each with distinct uses', () => {
    for (const [port, uses] of Object.entries(commonPorts)) {
      expect(Number(port)).toBeGreaterThan(0);
      expect(Number(port)).toBeLessThan(65_536);
      expect(uses.length).toBeGreaterThan(0);
      expect(new Set(uses).size).toBe(uses.length);
    }
    expect(Object.keys(commonPorts).length).toBeGreaterThan(120);
  });
});
