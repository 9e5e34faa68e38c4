import type { AddressAnatomy, Explanation, PortAnatomy } from '../../../../model/explanation.ts';
import { isKnown, type Known } from '../../../../model/known.ts';
import { line, type Line } from '../../text/line.ts';
import { unknownSentence } from '../words.ts';
import { factLine } from './facts.ts';
import type { ExplanationView, Section } from './section.ts';

/** What the address and the port number mean by themselves: in brief, or in full. */
export const anatomySections = (
  { address, port }: Explanation,
  view: ExplanationView,
): readonly Section[] => [
  { label: 'address', lines: address === null ? [] : addressLines(address, view) },
  { label: 'port', lines: port === null ? [] : portLines(port, view) },
];

const addressLines = (address: AddressAnatomy, view: ExplanationView): Line[] => {
  const ours = { true: 'an interface here has it', false: 'no interface here has it', null: null };
  const brief = address.notes.map((note) => line(note));
  if (!view.verbose) return brief;
  return [
    factLine([address.scope, address.block, address.source, ours[`${address.ours}`]]),
    ...brief,
  ];
};

const portLines = (port: PortAnatomy, view: ExplanationView): Line[] => {
  const names = port.registeredNames;
  const brief = [
    factLine([
      port.commonUses.length === 0 ? null : `commonly ${port.commonUses.join(', ')}`,
      view.verbose || names.length === 0 ? null : `registered for ${names.slice(0, 3).join(', ')}`,
      port.blockedByBrowsers ? 'browsers refuse it' : null,
    ]),
    ...port.notes.map((note) => line(note)),
  ].filter((one) => one.length > 0);
  if (!view.verbose) return brief;
  return [
    factLine([
      `${port.class} (RFC 6335)`,
      stated(port.inEphemeralRange, 'in the ephemeral range', 'outside of the ephemeral range'),
      stated(port.reserved, 'reserved from it', null),
      stated(port.privileged, 'binding needs privilege', 'binding needs no privilege'),
      names.length === 0 ? 'not registered' : `registered for ${names.join(', ')}`,
    ]),
    ...brief,
  ];
};

const stated = (value: Known<boolean>, yes: string, no: string | null): string | null =>
  isKnown(value) ? (value ? yes : no) : `whether it is ${yes} ${unknownSentence[value.unknown]}`;
