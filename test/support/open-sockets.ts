import { createSocket, type Socket as DatagramSocket } from 'node:dgram';
import { once } from 'node:events';
import { connect, createServer, type ListenOptions, type Server, type Socket } from 'node:net';

/** The port of a bound server or socket; throws where it has none. */
export const portOf = (bound: Server | DatagramSocket): number => {
  const address = bound.address();
  if (address === null || typeof address === 'string') throw new Error('not bound to a port');
  return address.port;
};

/** Opens a TCP or unix server and resolves once it listens. */
export const listen = async (options: ListenOptions): Promise<Server> => {
  const server = createServer();
  server.listen(options);
  await once(server, 'listening');
  return server;
};

/** Connects to a server in this process; resolves with both ends once it has accepted. */
export const connectTo = async (
  server: Server,
  host: string,
): Promise<{ client: Socket; peer: Socket }> => {
  const accepted = once(server, 'connection');
  const client = connect(portOf(server), host);
  await once(client, 'connect');
  const [peer] = await accepted;
  return { client, peer };
};

/** Opens a UDP socket on a free port; with `peer` it is connected to that port of `address`. */
export const openUdp = async (
  type: 'udp4' | 'udp6',
  address: string,
  peer?: number,
): Promise<DatagramSocket> => {
  const socket = createSocket(type);
  socket.bind(0, address);
  await once(socket, 'listening');
  if (peer !== undefined) {
    socket.connect(peer, address);
    await once(socket, 'connect');
  }
  return socket;
};
