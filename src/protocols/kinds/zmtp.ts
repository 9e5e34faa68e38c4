import { identified } from '../identification.ts';
import type { ByteProbe } from '../protocol-probe.ts';

/** The signature is ff, eight bytes of padding, 7f; a version byte may follow. */
const signatureLength = 10;

/** ZeroMQ, as Jupyter kernels speak it: greets with a signature; https://rfc.zeromq.org/spec/23/ */
export const zmtp: ByteProbe = {
  id: 'zmtp',
  name: 'ZeroMQ (ZMTP)',
  hello: null,
  read: (bytes, { ended }) => {
    if (bytes[0] !== 0xff) return null;
    if (bytes.length < signatureLength)
      return ended || (bytes.length > 1 && bytes[1] !== 0) ? null : 'more';
    const padded = bytes.subarray(1, 8).every((byte) => byte === 0);
    if (!padded || bytes[9] !== 0x7f) return null;
    return identified({ evidence: ['greets with the signature of ZMTP'] });
  },
};
