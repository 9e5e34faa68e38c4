import type { EcosystemMessages } from '../ecosystem.ts';

/** ZooKeeper's servers and clients. */
export const zookeeper: EcosystemMessages = {
  id: 'zookeeper',
  marks: [/zookeeper|ClientCnxn|QuorumCnxManager|NIOServerCnxn/i],
  rules: [
    {
      pattern: /Cannot open channel to \d{1,20} at election address (?<endpoint>\S{3,160})/,
      class: 'connection-refused',
      role: 'client',
    },
  ],
};
