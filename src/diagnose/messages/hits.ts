import type { FailureClass, FailureEndpoint, FailureRole } from '../../model/failure.ts';
import { endpointOf, endpointsOfCall } from './blamed.ts';
import type { EcosystemMessages, MessageRule } from './ecosystem.ts';
import { classOfCause } from './failure-texts.ts';
import { isTalk } from './harmless.ts';
import type { MessageLine } from './prepare.ts';

/** A line that tells of a failure, and what the rule that fits it says. */
export type Hit = {
  /** Of the line, among the prepared lines. */
  readonly index: number;
  readonly class: FailureClass;
  readonly role: FailureRole | null;
  readonly weak: boolean;
  /** The endpoints that the rule's own groups name, or that stand beside the failed call. */
  readonly named: readonly FailureEndpoint[];
  /** Null where the rule is everybody's. */
  readonly ecosystem: string | null;
  /** Whether marks of another ecosystem count for more. */
  readonly shared: boolean;
};

/** Beyond this nothing new is to be learnt; a log repeats itself. */
const mostHits = 200;

/**
 * The lines that tell of a failure, in their order. A plug-in that throws is left out from there
 * on; `notes` takes up which and why.
 */
export const hitsOf = (
  lines: readonly MessageLine[],
  plugIns: readonly EcosystemMessages[],
  notes: string[],
): readonly Hit[] => {
  const text = lines.map((line) => line.text).join('\n');
  const seen = new Set<string>();
  const failed = new Set<string>();
  const hits: Hit[] = [];
  for (const [index, line] of lines.entries()) {
    const body = line.masked.trim();
    if (body === '' || seen.has(body)) continue;
    seen.add(body);
    const hit = hitOf({ index, line, text }, plugIns, { failed, notes });
    if (hit !== null) hits.push(hit);
    if (hits.length >= mostHits) break;
  }
  return hits;
};

type Place = { readonly index: number; readonly line: MessageLine; readonly text: string };
type Failures = { readonly failed: Set<string>; readonly notes: string[] };

/** The first rule that fits counts; a weak one only where no other does. */
const hitOf = (
  place: Place,
  plugIns: readonly EcosystemMessages[],
  { failed, notes }: Failures,
): Hit | null => {
  let weak: Hit | null = null;
  for (const plugIn of plugIns) {
    if (failed.has(plugIn.id)) continue;
    try {
      const found = firstOf(plugIn, place, weak === null);
      if (found !== null && !found.weak) return found;
      weak ??= found;
    } catch (thrown) {
      failed.add(plugIn.id);
      const reason = thrown instanceof Error ? thrown.message : String(thrown);
      notes.push(`The messages of ${plugIn.id} failed and were skipped: ${reason}`);
    }
  }
  return weak;
};

const firstOf = (plugIn: EcosystemMessages, place: Place, withWeak: boolean): Hit | null => {
  let weak: Hit | null = null;
  for (const rule of plugIn.rules) {
    if (rule.weak === true && (weak !== null || !withWeak)) continue;
    const hit = tryRule(rule, plugIn, place);
    if (hit !== null && !hit.weak) return hit;
    weak ??= hit;
  }
  return weak;
};

const tryRule = (rule: MessageRule, { id }: EcosystemMessages, place: Place): Hit | null => {
  const { masked, text: shown } = place.line;
  const match = rule.pattern.exec(masked);
  if (match === null || rule.when?.(masked, place.text) === false) return null;
  if (isTalk(shown, match.index)) return null;
  const cause = match.groups?.['cause'];
  const named = namedBy(rule, masked, match);
  const told = cause === undefined ? reasonBehind(rule, masked, match) : classOfCause(cause);
  return {
    index: place.index,
    class: told ?? rule.class,
    role: rule.role ?? null,
    weak: rule.weak === true && told === null,
    named: named.length > 0 ? named : endpointsOfCall(masked),
    ecosystem: id === everybody ? null : id,
    shared: rule.shared === true,
  };
};

/** The endpoints that the rule names in the line, and behind them if it fits there once more. */
const namedBy = (
  { pattern }: MessageRule,
  line: string,
  first: RegExpExecArray,
): readonly FailureEndpoint[] => {
  const { endpoint, host, port } = first.groups ?? {};
  const last = endpoint ?? port ?? host;
  if (last === undefined) return [];
  const again = pattern.exec(line.slice(line.indexOf(last, first.index) + last.length));
  return [first, again].flatMap((match) => endpointOf(match?.groups));
};

/**
 * `Failed to listen on :80 (reason: Permission denied)`: a bind that failed is thought to be a port
 * in use only where the rest of the line tells no other reason.
 */
const reasonBehind = (
  rule: MessageRule,
  line: string,
  { index }: RegExpExecArray,
): FailureClass | null => {
  if (rule.class !== 'address-in-use') return null;
  const reason = classOfCause(line.slice(index));
  return reason === 'permission-denied' || reason === 'address-not-available' ? reason : null;
};

/** The plug-in whose words are the system's own; another ecosystem's marks then tell whose they are. */
const everybody = 'system';
