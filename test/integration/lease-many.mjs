import { leasePort } from '../../dist/index.js';

/**
 * Asks for leases all at once when told to: `lease-many.mjs SERVICE@FOLDER…` prints `ready`, waits
 * for its standard input, then prints the ports as JSON, in that order.
 */
const main = async (wanted) => {
  console.log('ready');
  await new Promise((resolve) => process.stdin.once('data', resolve));
  const leases = await Promise.all(
    wanted.map((one) => {
      const [service, directory] = one.split('@');
      return leasePort({ service, directory });
    }),
  );
  console.log(JSON.stringify(leases.map(({ lease }) => lease.port)));
  process.stdin.destroy();
};

await main(process.argv.slice(2));
