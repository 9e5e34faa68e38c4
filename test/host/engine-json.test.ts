import { expect, test } from 'vitest';
import { parseContainers } from '../../src/host/containers/engine-json.ts';

const id = 'a'.repeat(64);
const composeOf = (labels: Readonly<Record<string, string>>): unknown =>
  parseContainers([{ Id: id, Labels: labels }], 'podman')?.[0]?.compose;

test.each(['com.docker.compose', 'io.podman.compose'])('reads the labels %s.*', (name) => {
  const labels = {
    [`${name}.project`]: 'shop',
    [`${name}.service`]: 'db',
    [`${name}.project.working_dir`]: '/home/ann/shop',
  };
  const compose = { project: 'shop', service: 'db', workingDirectory: '/home/ann/shop' };
  expect(composeOf(labels)).toEqual(compose);
});

test('a project without a service is none', () => {
  expect(composeOf({ 'io.podman.compose.project': 'shop' })).toBeNull();
});
