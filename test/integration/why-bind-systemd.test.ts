import { describe, expect, it } from 'vitest';
import { freePort } from '../support/free-port.ts';
import { hasSystemd, startSocketUnit } from '../support/start-socket-unit.ts';
import { node, whyBind } from '../support/why-bind.ts';

describe.skipIf(!hasSystemd)('a systemd socket unit (needs root, systemd and cgroup v2)', () => {
  it('is named, with how to stop it', async () => {
    const port = await freePort();
    const unit = await startSocketUnit(port);
    const { causes, checks } = await whyBind(node(`127.0.0.1:${port}`));
    expect(causes[0]).toMatchObject({
      id: 'systemd-socket-holds',
      explains: true,
      title: expect.stringContaining(`${unit} holds 127.0.0.1:${port}`),
    });
    expect(causes[0]?.actions[0]?.command).toContain(`systemctl --user stop ${unit}`);
    expect(checks.find(({ id }) => id === 'port-taken')?.result).toBe('not-applicable');
  });
});
