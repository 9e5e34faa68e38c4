import { createServer } from 'node:http';

/**
 * Starts one service of the playground: listens on 127.0.0.1 at PORT, or at a free port where
 * that one is taken, and tells the parent `{ port }` once `ready` has resolved. The service ends with
 * its parent, however that ends: the channel to it closes then.
 */
export const serve = (handler, ready = async () => {}) => {
  const server = createServer(handler);
  const wanted = Number(process.env.PORT);
  server.on('error', (error) => {
    if (error.code !== 'EADDRINUSE' || wanted === 0) throw error;
    server.listen(0, '127.0.0.1');
  });
  server.on('listening', () => {
    const { port } = server.address();
    void ready().then(() => process.send?.({ port }));
  });
  server.keepAliveTimeout = 60_000;
  server.listen(wanted, '127.0.0.1');
  process.on('disconnect', () => process.exit(0));
};

/** Answers with a value as JSON. */
export const sendJson = (response, value) => {
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify(value));
};
