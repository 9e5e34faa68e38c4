import { expect, it } from 'vitest';
import { recordLink, startScan } from '../../src/host/linux/holder-table.ts';

it('takes in a process that has a socket several hundred thousand times', () => {
  const scan = startScan(new Set([7]));
  const link = Buffer.from('socket:[7]');
  scan.pid = 42;
  for (let fd = 0; fd < 400_000; fd += 1) recordLink(scan, fd, link, link.length);
  const [holder] = scan.table.get(7) ?? [];
  expect(holder?.fds).toHaveLength(400_000);
  expect(holder).toMatchObject({ pid: 42, accepting: null });
  expect(scan.shared.size).toBe(0);
});
