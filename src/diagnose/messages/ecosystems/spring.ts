import type { EcosystemMessages } from '../ecosystem.ts';

/** Spring Boot, Tomcat, Netty and Jetty. */
export const spring: EcosystemMessages = {
  id: 'spring',
  marks: [
    /spring|tomcat|o\.s\.|o\.a\.c\.|TomcatWebServer|(?<!grpc\.)netty|jetty|APPLICATION FAILED TO START/i,
  ],
  rules: [
    {
      pattern:
        /(?:Web server failed to start\. |The Tomcat connector configured to listen on )?[Pp]ort (?<port>\d{1,5}) (?:was already in use|failed to start)/,
      class: 'address-in-use',
      role: 'server',
    },
    {
      pattern:
        /Failed to (?:start|initialize) (?:end point associated with ProtocolHandler|component \[Connector\[)(?:.{0,60}-(?<port>\d{2,5})\b"?\])?/,
      class: 'address-in-use',
      role: 'server',
      weak: true,
    },
    {
      pattern: /Failed to bind to:? (?<endpoint>\S{0,120}:\d{1,5})/,
      class: 'address-in-use',
      role: 'server',
      weak: true,
    },
  ],
};
