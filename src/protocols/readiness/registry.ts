import type { ByteProbe } from '../protocol-probe.ts';
import { postgres } from './postgres.ts';

/**
 * Questions to servers that answer a handshake before they serve. The id is that of the protocol; an
 * answer with a detail `notReady` says, in the server's words, that it does not serve yet.
 */
export const readinessQuestions: readonly ByteProbe[] = [postgres];
