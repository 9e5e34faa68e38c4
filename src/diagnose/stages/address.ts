import { isLoopback, isWildcard } from '../../model/scope.ts';
import type { EndpointFacts } from '../facts.ts';
import { interfaceWith } from '../own-address.ts';
import { isBind } from '../symptom.ts';
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
  if (away === undefined) return stage('address', 'pass', evidence.join('; '), { evidence });
  // Loopback is every machine's own, and nobody binds the address of another machine.
  const isAmiss = isLoopback(away.address) || isBind(facts.symptom);
  return stage('address', isAmiss ? 'fail' : 'unknown', away.said, { evidence });
};

type Place = {
  readonly address: string;
  readonly state: 'here' | 'down' | 'away';
  /** As a sentence. */
  readonly said: string;
};

const placeOf = (address: string, { snapshot }: EndpointFacts): Place => {
  const place = (state: Place['state'], said: string): Place => ({ address, state, said });
  if (isWildcard(address)) return place('here', `${address} is every address`);
  const owner = interfaceWith(address, snapshot.interfaces);
  if (owner === null) return place('away', `no interface of this machine has ${address}`);
  return owner.up === false
    ? place('down', `${address} is on ${owner.name}, which is down`)
    : place('here', `${address} is on ${owner.name}`);
};
