import { describe, expect, test } from 'vitest';
import { containerFromCgroup } from '../../src/model/container-cgroup.ts';

const id = '0123456789abcdef'.repeat(4);
const other = 'fedcba9876543210'.repeat(4);
const pod = 'kubepods-besteffort-pod1.slice';

describe('the container that a cgroup path names', () => {
  test.each([
    [`/docker/${id}`, 'docker', false],
    [`/docker/${id}/init.scope`, 'docker', false],
    [`/../../docker/${id}`, 'docker', false],
    [`/system.slice/docker-${id}.scope`, 'docker', false],
    [`/system.slice/docker-${id}.scope/init`, 'docker', false],
    [
      `/user.slice/user-1000.slice/user@1000.service/user.slice/docker-${id}.scope`,
      'docker',
      false,
    ],
    [`/machine.slice/libpod-${id}.scope`, 'podman', false],
    [`/machine.slice/libpod-${id}.scope/container`, 'podman', false],
    [`/libpod_parent/libpod-${id}`, 'podman', false],
    [`/system.slice/nerdctl-${id}.scope`, 'containerd', false],
    [`/default/${id}`, 'containerd', false],
    [`/k8s.io/${id}`, 'containerd', false],
    [`/kubepods.slice/${pod}/cri-containerd-${id}.scope`, 'containerd', true],
    [`/system.slice/kubelet-kubepods-pod1.slice:cri-containerd:${id}`, 'containerd', true],
    [`/kubelet.slice/kubelet-kubepods.slice/cri-containerd-${id}.scope`, 'containerd', true],
    [`/kubepods.slice/${pod}/crio-${id}.scope`, 'cri-o', true],
    [`/kubepods.slice/${pod}/docker-${id}.scope`, 'docker', true],
    [`/kubepods/besteffort/pod1/${id}`, 'kubernetes', true],
  ])('%s is of %s', (path, engine, kubernetes) => {
    expect(containerFromCgroup(path)).toEqual({ engine, id, kubernetes });
  });

  test.each([
    ['/lxc/web', 'lxc', 'web'],
    ['/lxc.payload/web', 'lxc', 'web'],
    ['/lxc.payload.web/system.slice/nginx.service', 'lxc', 'web'],
    ['/machine.slice/systemd-nspawn@web.service', 'nspawn', 'web'],
    ['/machine.slice/systemd-nspawn@web.service/payload', 'nspawn', 'web'],
    ['/machine.slice/machine-my\\x2dweb.scope/payload/system.slice', 'nspawn', 'my-web'],
  ])('%s is of %s, by its name', (path, engine, name) => {
    expect(containerFromCgroup(path)).toEqual({ engine, id: name, kubernetes: false });
  });

  test('is the innermost of nested ones', () => {
    expect(
      containerFromCgroup(`/docker/${id}/kubelet/kubepods/pod1/cri-containerd-${other}.scope`),
    ).toEqual({ engine: 'containerd', id: other, kubernetes: true });
    expect(containerFromCgroup(`/docker/${id}/docker/${other}/init`)).toMatchObject({ id: other });
  });

  test.each([
    '',
    '/',
    '/init.scope',
    '/system.slice/docker.service',
    '/system.slice/docker.socket',
    '/system.slice/docker-cleanup.service',
    '/system.slice/containerd.service',
    '/system.slice/crio.service',
    '/system.slice/lxcfs.service',
    '/user.slice/docker/x',
    `/user.slice/${id}`,
    `/machine.slice/libpod-conmon-${id}.scope`,
    `/kubepods.slice/${pod}/crio-conmon-${id}.scope`,
    '/lxc.monitor.web',
    '/machine.slice/systemd-nspawn@web.service/supervisor',
    '/machine.slice/machine-web.scope/supervisor',
    '/machine.slice/machine-qemu\\x2d1\\x2dvm.scope/libvirt/emulator',
    '/kubepods.slice/kubepods-burstable.slice',
  ])('%s is none', (path) => expect(containerFromCgroup(path)).toBeNull());
});
