import type { EcosystemMessages } from '../ecosystem.ts';

/** Playwright and its test runner. */
export const playwright: EcosystemMessages = {
  id: 'playwright',
  marks: [/playwright|\bpage\.goto:|browserType\.|config\.webServer/i],
  rules: [
    {
      pattern:
        /(?<endpoint>https?:\/\/\S{3,200}) is already used, make sure that nothing is running/i,
      class: 'address-in-use',
      role: 'server',
    },
    {
      pattern: /Timed out waiting \d{1,9}ms from config\.webServer/i,
      class: 'timeout',
      role: 'client',
    },
    {
      pattern:
        /(?:connectOverCDP|browserType\.connect|page\.goto|page\.reload|apiRequestContext\.\w{1,12})\S{0,4} Timeout \d{1,9} ?ms exceeded/i,
      class: 'timeout',
      role: 'client',
    },
  ],
};
