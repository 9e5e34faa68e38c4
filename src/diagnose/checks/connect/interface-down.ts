import { isUnknown } from '../../../model/known.ts';
import type { NetworkInterface } from '../../../model/machine.ts';
import { isLoopback } from '../../../model/scope.ts';
import { byRoot } from '../../as-root.ts';
import type { Check } from '../../check.ts';
import { couldNotCheck, failed, notApplicable, pass } from '../../check-result.ts';
import type { EndpointFacts } from '../../facts.ts';
import { detours } from '../../failure-groups.ts';
import { loopbackOf } from '../../loopback.ts';
import { interfaceWith, isRoutedHere } from '../../own-address.ts';

/** The address is this machine's, on an interface that is down: nothing reaches it. */
export const interfaceDown: Check<EndpointFacts> = {
  id: 'interface-down',
  title: 'the interface that has the address is up',
  stage: 'address',
  explains: detours,
  judge: (facts) => {
    const held = facts.addresses.flatMap((address) => {
      const holder = holderOf(address, facts);
      return holder === null ? [] : [{ address, holder }];
    });
    if (held.length === 0) return notApplicable;
    const down = held.find(({ holder }) => holder.up === false);
    if (down !== undefined) return judgeDown(down.address, down.holder, facts);
    const unread = held.find(({ holder }) => isUnknown(holder.up));
    return unread === undefined
      ? pass(`${[...new Set(held.map(({ holder }) => holder.name))].join(' and ')} is up`)
      : couldNotCheck(`whether ${unread.holder.name} is up could not be read`);
  },
};

/** A loopback interface that was never up has no address yet: all of loopback comes with it. */
const holderOf = (address: string, facts: EndpointFacts): NetworkInterface | null =>
  interfaceWith(address, facts.snapshot.interfaces) ??
  (isLoopback(address) ? neverUp(loopbackOf(facts)) : null);

const neverUp = (loopback: NetworkInterface | null): NetworkInterface | null =>
  loopback?.up === false ? loopback : null;

/** The kernel answers itself for its addresses on other interfaces, up or down; on lo it can't. */
const judgeDown = (address: string, holder: NetworkInterface, facts: EndpointFacts) =>
  !holder.loopback && isRoutedHere(address, facts) === true
    ? pass(`${holder.name} is down, and this machine reaches its own ${address} all the same`)
    : found(address, holder);

const found = (address: string, { name, loopback, addresses }: NetworkInterface) =>
  failed({
    id: 'interface-down',
    severity: loopback ? 'critical' : 'warning',
    title: loopback
      ? `the loopback interface ${name} is down, and ${address} with it`
      : `${address} is on the interface ${name}, which is down`,
    evidence: [
      addresses.length === 0 ? `${name} has no address yet` : `${name} has ${address}`,
      `${name} is down: the kernel has no route to its addresses`,
    ],
    benignCauses: loopback
      ? ['a network namespace that was made a moment ago and is not set up yet']
      : ['the cable is out, or the VPN is not connected'],
    actions: [
      {
        label: `bring ${name} up`,
        ...byRoot('ip', 'link', 'set', name, 'up'),
        changes: `${name} carries packets again`,
      },
    ],
  });
