import { request } from 'node:http';

/** An engine's answer: the JSON of its body, and what it calls itself. */
export type EngineAnswer = { readonly body: unknown; readonly engine: 'docker' | 'podman' };

const mostBytes = 16_777_216;

/**
 * Asks an engine for one path of its HTTP API over its unix socket. Rejects with one sentence for a
 * status other than 200, more than 16 MiB, or a body that is not JSON; with the system's error
 * where it can't be reached; with the signal's reason when that aborts.
 */
export const askEngine = (
  socketPath: string,
  path: string,
  signal: AbortSignal,
): Promise<EngineAnswer> =>
  new Promise((resolve, reject) => {
    const asked = request({ socketPath, path, signal, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      let length = 0;
      response.on('error', reject);
      response.on('data', (chunk: Buffer) => {
        chunks.push(chunk);
        length += chunk.length;
        if (length > mostBytes) response.destroy(new Error('it answers with more than 16 MiB'));
      });
      response.on('end', () => {
        try {
          if (response.statusCode !== 200) throw new Error(`it answers ${response.statusCode}`);
          const engine = 'libpod-api-version' in response.headers ? 'podman' : 'docker';
          resolve({ body: parseBody(Buffer.concat(chunks).toString('utf8')), engine });
        } catch (error) {
          reject(error);
        }
      });
    });
    asked.on('error', (error) => reject(signal.aborted ? signal.reason : error));
    asked.end();
  });

const parseBody = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    throw new Error('its answer is not JSON');
  }
};

/** An engine's answer to a command: its status, and its words where it refuses. */
export type EngineReply = { readonly status: number; readonly message: string | null };

const mostReplyBytes = 65_536;

/**
 * Sends an engine a command without a body over its unix socket. Rejects with the system's error where
 * it can't be reached; with the signal's reason when that aborts.
 */
export const tellEngine = (
  socketPath: string,
  path: string,
  signal: AbortSignal,
): Promise<EngineReply> =>
  new Promise((resolve, reject) => {
    const options = { socketPath, path, method: 'POST', signal, agent: false } as const;
    const asked = request(options, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('error', reject);
      response.on('data', (chunk: string) => (text = (text + chunk).slice(0, mostReplyBytes)));
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, message: messageIn(text) }),
      );
    });
    asked.on('error', (error) => reject(signal.aborted ? signal.reason : error));
    asked.end();
  });

const messageIn = (text: string): string | null => {
  try {
    const body: unknown = JSON.parse(text);
    const message: unknown =
      typeof body === 'object' && body !== null && 'message' in body ? body.message : null;
    return typeof message === 'string' ? message.slice(0, 300) : null;
  } catch {
    return null;
  }
};
