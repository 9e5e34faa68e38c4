import { writeSync } from 'node:fs';

process.once('exit', () => {
  writeSync(3, String(process.resourceUsage().maxRSS));
});
