import type { FirewallCondition } from '../../../model/firewall.ts';
import { isRecord, list, onlyEntry, text } from './json.ts';
import { protocolIs } from './nft-conditions.ts';

/**
 * `tcp flags syn`, `tcp flags syn / syn,ack`, `tcp flags ! syn` (nft(8), "TCP HEADER EXPRESSION");
 * null: it is something else.
 */
export const flagConditions = (
  left: unknown,
  op: string,
  right: unknown,
): readonly FirewallCondition[] | null => {
  const [kind, value] = onlyEntry(left);
  const [field, masked] = kind === '&' ? list(value) : [left, allFlags];
  const [, payload] = onlyEntry(field);
  if (!isRecord(payload) || payload['protocol'] !== 'tcp' || payload['field'] !== 'flags') {
    return null;
  }
  const [mask, flags] = [flagNames(masked), flagNames(right)];
  if (mask === null || flags === null) return null;
  const isAny = op === 'in' || op === '!' || (op === '!=' && flags.length === 0);
  const condition: FirewallCondition = isAny
    ? {
        negated: op === '!',
        kind: 'tcp-flags',
        match: 'any',
        mask: [],
        flags: op === '!=' ? mask : flags,
      }
    : { negated: op === '!=', kind: 'tcp-flags', match: 'exactly', mask, flags };
  return [protocolIs('tcp'), condition];
};

const allFlags: readonly string[] = ['fin', 'syn', 'rst', 'psh', 'ack', 'urg', 'ecn', 'cwr'];

/** Flags in any of the forms that nft wrote them in: a word, a list, `{"|": […]}`, 0 for none. */
const flagNames = (value: unknown): readonly string[] | null => {
  if (value === 0) return [];
  const name = text(value);
  if (name !== null) return [name];
  const [kind, parts] = onlyEntry(value);
  const several = Array.isArray(value) ? value : kind === '|' ? list(parts) : null;
  if (several === null) return null;
  const all = several.map(flagNames);
  return all.includes(null) ? null : all.flatMap((one) => one ?? []);
};
