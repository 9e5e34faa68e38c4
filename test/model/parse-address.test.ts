import { describe, expect, it } from 'vitest';
import { checkZone } from '../../src/model/parse-target.ts';
import { endpoint, refusal } from './parsed.ts';

describe('row 4: brackets', () => {
  it('hold an IPv6 address', () => {
    expect(endpoint('[::1]:80')).toMatchObject({ address: '::1', family: 'ipv6', port: 80 });
    expect(endpoint('[0:0::1]:80')).toMatchObject({ address: '::1', notes: ['0:0::1 is ::1'] });
  });

  it.each([
    ['::1:80', '[::1]:80'],
    ['fe80::1:3000', '[fe80::1]:3000'],
    [':::80', '[::]:80'],
    ['1:2:3:4:5:6:7:8:80', '[1:2:3:4:5:6:7:8]:80'],
    ['[127.0.0.1]:80', '127.0.0.1:PORT, without brackets'],
  ])('are suggested for %s', (input, hint) => {
    expect(refusal(input).hint).toBe(hint);
  });

  it('tell an address from an address with a port', () => {
    expect(refusal('::1:80').message).toBe('::1:80 is ambiguous: an address, or ::1 with port 80');
  });

  it.each([
    '[::1',
    '[]:80',
    '[::1]x',
    '[::1]80',
    '[[::1]]:80',
    '[localhost]:80',
    '[::g]:80',
    'a:b:c',
  ])('must match: %s', (input) => {
    expect(refusal(input).code).toBe('invalid-input');
  });
});

describe('row 5: other spellings of 127.0.0.1', () => {
  it.each([
    '0x7f.1',
    '127.1',
    '127.0.1',
    '2130706433',
    '0x7f000001',
    '0X7F.0.0.1',
    '0177.0.0.1',
    '017700000001',
    '①②⑦.0.0.1',
    '１２７。０.0.1',
    '127.0.0.1.',
  ])('%s', (host) => {
    expect(endpoint(`${host}:49342`)).toMatchObject({
      host: '127.0.0.1',
      address: '127.0.0.1',
      family: 'ipv4',
      notes: [`${host} is 127.0.0.1`],
    });
  });
});

describe('row 6: mapped and wildcard', () => {
  it.each([
    ['[::ffff:127.0.0.1]:80', '127.0.0.1'],
    ['[::FFFF:7f00:1]:80', '127.0.0.1'],
    ['[::ffff:0.0.0.0]:80', '0.0.0.0'],
    ['0:3000', '0.0.0.0'],
    ['0x0:3000', '0.0.0.0'],
    ['00:3000', '0.0.0.0'],
    ['0.0:3000', '0.0.0.0'],
  ])('%s is %s', (input, address) => {
    expect(endpoint(input)).toMatchObject({ address, host: address, family: 'ipv4' });
    expect(endpoint(input).notes).toHaveLength(1);
  });

  it('keeps the plain wildcards', () => {
    expect(endpoint('0.0.0.0:80')).toMatchObject({ address: '0.0.0.0', notes: [] });
    expect(endpoint('[::]:80')).toMatchObject({ address: '::', family: 'ipv6', notes: [] });
  });
});

describe('row 7: zones', () => {
  it.each(['[fe80::1%lo]:80', 'http://[fe80::1%lo]:80/', 'http://[fe80::1%25lo]:80/'])(
    '%s',
    (input) => {
      expect(endpoint(input)).toMatchObject({
        address: 'fe80::1',
        host: 'fe80::1',
        zone: 'lo',
        port: 80,
      });
    },
  );

  it.each([
    '[::1%lo]:80',
    '[fe80::1%]:80',
    '[fe80::1%a b]:80',
    '[fe80::1%sixteen-letters-]:80',
    '[fe80::1%a%b]:80',
  ])('refuses %s', (input) => {
    expect(refusal(input).code).toBe('invalid-input');
  });

  it('asks for brackets', () => {
    expect(refusal('fe80::1%lo:80').hint).toBe('[fe80::1%lo]:80');
    expect(refusal('fe80::1%lo').hint).toBe('[fe80::1%lo]:PORT');
  });

  it('are checked against the interfaces', () => {
    expect(() => checkZone('lo', ['lo', 'eth0'])).not.toThrow();
    const reason = (zone: string, names: readonly string[]): unknown => {
      try {
        checkZone(zone, names);
      } catch (error) {
        return error;
      }
      return null;
    };
    expect(reason('nope', ['lo', 'wlan0'])).toMatchObject({
      code: 'invalid-input',
      message: 'no such interface: nope',
      hint: 'one of lo, wlan0',
    });
    expect(reason('eth1', ['lo', 'eth0'])).toMatchObject({ hint: 'did you mean eth0?' });
    expect(reason('eth1', [])).toMatchObject({ hint: null });
  });
});

describe('row 8: what may deceive', () => {
  it.each(
    [
      'evil@127.0.0.1',
      'evil@127.0.0.1:80',
      '127.0.0.1:80@evil',
      'http://127.0.0.1:80@evil/',
      'http://user:secret@localhost/',
      'http://localhost\\@evil/',
      'localhost\\evil:80',
      'http:\\\\localhost',
      'local\thost:80',
      'local\nhost:80',
      'local host:80',
      'local\u00a0host:80',
      'http://local\thost/',
      'http://localhost/a b',
      'local\u00adhost:80',
      'local\u200bhost:80',
      '127.0.0.1\u202e:80',
      'local\u0000host:80',
      'ｌocalhost／x:80',
      '127.0.0.1％:80',
      'http://%6cocalhost:80/',
      'unix:/run/a\nb',
    ].filter((input) => input.trim() === input),
  )('%j is refused', (input) => {
    expect(refusal(input).code).toBe('invalid-input');
  });

  it('does not repeat a password, and shows what would be asked', () => {
    const { message, hint } = refusal('postgres://shop:s3cret@localhost/shop');
    expect(`${message} ${hint}`).not.toContain('s3cret');
    expect(hint).toBe('without it: postgres://localhost:5432');
    expect(refusal('http://127.0.0.1:80@evil').hint).toBe('without it: http://evil:80');
    expect(refusal('grpc://a:b@x').hint).toBe('leave out everything up to the @');
  });
});

describe('row 9: names', () => {
  it.each(['localhost', 'localhost.', 'LOCALHOST', 'LocalHost.', 'ｌｏｃａｌｈｏｓｔ'])(
    '%s is localhost',
    (name) => {
      expect(endpoint(`${name}:80`)).toMatchObject({
        host: 'localhost',
        address: null,
        family: null,
      });
    },
  );

  it('says that localhost6 is another name', () => {
    expect(endpoint('localhost6:80')).toMatchObject({ host: 'localhost6', address: null });
    expect(endpoint('localhost6:80').notes[0]).toContain('not localhost');
  });

  it('leaves foo.localhost to the resolver', () => {
    expect(endpoint('foo.localhost:80')).toMatchObject({ host: 'foo.localhost', address: null });
    expect(endpoint('foo.localhost:80').notes[0]).toContain('RFC 6761 6.3');
  });

  it('takes international names in their ASCII form', () => {
    expect(endpoint('bücher.example:80')).toMatchObject({
      host: 'xn--bcher-kva.example',
      notes: ['bücher.example is xn--bcher-kva.example'],
    });
  });

  it.each([
    'a..b:80',
    '-a:80',
    'a-:80',
    `${'a'.repeat(64)}:80`,
    `${'a.'.repeat(130)}a:80`,
    'a!b:80',
    'a%b:80',
    '.:80',
  ])('refuses %s', (input) => {
    expect(refusal(input).code).toBe('invalid-input');
  });
});

describe('row 10: no address', () => {
  it.each([
    '256.1.1.1',
    '1.2.3',
    '1.2.3.4.5',
    '127.0.0.256',
    '127.0.0.08',
    '0x',
    'foo.1',
    '4294967296',
    '1..2',
    '010.0.0.1',
    '192.168.001.001',
    '3232235521',
    '10.1',
  ])('%s is refused', (host) => {
    expect(refusal(`${host}:80`).code).toBe('invalid-input');
  });

  it('is never read as a shorter one', () => {
    expect(refusal('1.2.3:80').message).toBe('"1.2.3" is not four decimal numbers');
    expect(refusal('1.2.3').hint).toContain('1.2.0.3');
    expect(refusal('256.1.1.1:80').message).toBe('"256.1.1.1" is not an IPv4 address');
  });
});
