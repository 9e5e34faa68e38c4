import { knownOr } from '../../../model/known.ts';
import type { Listener } from '../../../model/listener.ts';
import { span, type Line } from '../text/line.ts';

/** `127.0.0.1:80`, `[::1]:80`. */
export const endpointText = (address: string, port: number): string =>
  address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;

/** What a listener is bound to, as text: an endpoint, a path, or `@name` of an abstract socket. */
export const listenerText = (listener: Listener): string =>
  listener.transport === 'unix'
    ? (listener.path ?? `@${listener.abstract ?? ''}`)
    : endpointText(listener.address, listener.port);

/**
 * A listener's address as a table shows it, with what the address alone doesn't say: `udp`, the
 * interface it is bound to, and whether `[::]` takes IPv4 too.
 */
export const listenerAddress = (listener: Listener): Line => {
  const notes = listener.transport === 'unix' ? unixNotes(listener.type) : inetNotes(listener);
  const address = span(listenerText(listener), 'strong');
  return notes.length === 0 ? [address] : [address, span(` ${notes.join(' ')}`, 'dim')];
};

const unixNotes = (type: string): string[] => (type === 'stream' ? [] : [type]);

const inetNotes = (listener: Exclude<Listener, { transport: 'unix' }>): string[] => [
  ...(listener.transport === 'udp' ? ['udp'] : []),
  ...(listener.interface === null ? [] : [`on ${listener.interface}`]),
  ...(listener.address === '::' && knownOr(listener.v6only, null) === false ? ['+ipv4'] : []),
];
