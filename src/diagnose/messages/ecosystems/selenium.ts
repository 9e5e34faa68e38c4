import type { EcosystemMessages } from '../ecosystem.ts';

/** Selenium, WebDriver and their drivers. */
export const selenium: EcosystemMessages = {
  id: 'selenium',
  marks: [/selenium|webdriver|chromedriver|geckodriver|org\.openqa|@wdio/i],
  rules: [
    {
      pattern:
        /(?:unknown error: )?cannot connect to (?:chrome|microsoft edge) at (?<endpoint>\S{3,160})/i,
      class: 'connection-refused',
      role: 'client',
    },
    {
      pattern:
        /(?:net::ERR_CONNECTION_REFUSED|about:neterror\?e=connectionFailure(?:&u=(?<endpoint>https?[^\s&]{3,200}))?)/i,
      class: 'connection-refused',
      role: 'client',
      shared: true,
    },
    {
      pattern: /about:neterror\?e=dnsNotFound(?:&u=(?<endpoint>https?[^\s&]{3,200}))?/i,
      class: 'name-not-resolved',
      role: 'client',
    },
    {
      pattern: /about:neterror\?e=netTimeout(?:&u=(?<endpoint>https?[^\s&]{3,200}))?/i,
      class: 'timeout',
      role: 'client',
    },
    {
      pattern:
        /unable to bind to (?:IPv4 or IPv6|port|address)|Unable to (?:start|bind) .{0,40}port (?<port>\d{1,5})/i,
      class: 'address-in-use',
      role: 'server',
    },
    {
      pattern: /(?:bind\(\) failed|bind\(\) returned an error, errno=\d{1,5}): (?<cause>.{3,200})/i,
      class: 'address-in-use',
      role: 'server',
    },
  ],
};
