import type { NetworkInterface } from '../../model/machine.ts';
import { isLoopback, isWildcard } from '../../model/scope.ts';
import type { EndpointFacts } from '../facts.ts';
import { type JudgeStage, stage } from './stage.ts';

/** Whether the addresses are this machine's, and the interfaces that have them are up. */
export const addressStage: JudgeStage = (facts) => {
  const { addresses } = facts;
  if (addresses.length === 0) return stage('address', 'not-applicable', 'there is no address');
  const places = addresses.map((address) => placeOf(address, facts));
  const evidence = places.map(({ said }) => said);
  const down = places.find(({ state }) => state === 'down');
  if (down !== undefined) return stage('address', 'fail', down.said, { evidence });
  const away = places.find(({ state }) => state === 'away');
  return away === undefined
    ? stage('address', 'pass', evidence.join('; '), { evidence })
    : stage('address', 'unknown', away.said, { evidence });
};

type Place = { readonly state: 'here' | 'down' | 'away'; readonly said: string };

const placeOf = (address: string, { snapshot }: EndpointFacts): Place => {
  const { interfaces } = snapshot;
  if (isWildcard(address)) return { state: 'here', said: `${address} is every address` };
  const owner = interfaces.find((one) => has(one, address));
  if (owner !== undefined) {
    return owner.up === false
      ? { state: 'down', said: `${address} is on ${owner.name}, which is down` }
      : { state: 'here', said: `${address} is on ${owner.name}` };
  }
  return { state: 'away', said: `no interface of this machine has ${address}` };
};

/** All of 127.0.0.0/8 is on the interface that has a part of it (RFC 1122 3.2.1.3). */
const has = ({ loopback, addresses }: NetworkInterface, address: string): boolean =>
  addresses.some((one) => one.address === address) ||
  (loopback &&
    isLoopback(address) &&
    !address.includes(':') &&
    addresses.some((one) => one.family === 'ipv4' && isLoopback(one.address)));
