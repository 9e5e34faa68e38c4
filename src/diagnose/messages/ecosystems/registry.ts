import type { EcosystemMessages } from '../ecosystem.ts';
import { adb } from './adb.ts';
import { ansible } from './ansible.ts';
import { apache } from './apache.ts';
import { apple } from './apple.ts';
import { browser } from './browser.ts';
import { bun } from './bun.ts';
import { caddy } from './caddy.ts';
import { cpp } from './cpp.ts';
import { curl } from './curl.ts';
import { dart } from './dart.ts';
import { deno } from './deno.ts';
import { django } from './django.ts';
import { docker } from './docker.ts';
import { dotnet } from './dotnet.ts';
import { elasticsearch } from './elasticsearch.ts';
import { elixir } from './elixir.ts';
import { envoy } from './envoy.ts';
import { expo } from './expo.ts';
import { flask } from './flask.ts';
import { git } from './git.ts';
import { go } from './go.ts';
import { grpc } from './grpc.ts';
import { gunicorn } from './gunicorn.ts';
import { haproxy } from './haproxy.ts';
import { java } from './java.ts';
import { jdbc } from './jdbc.ts';
import { jupyter } from './jupyter.ts';
import { kafka } from './kafka.ts';
import { kubectl } from './kubectl.ts';
import { mongodb } from './mongodb.ts';
import { mysql } from './mysql.ts';
import { netcat } from './netcat.ts';
import { next } from './next.ts';
import { nginx } from './nginx.ts';
import { node } from './node.ts';
import { php } from './php.ts';
import { playwright } from './playwright.ts';
import { postgres } from './postgres.ts';
import { puppeteer } from './puppeteer.ts';
import { python } from './python.ts';
import { rabbitmq } from './rabbitmq.ts';
import { rails } from './rails.ts';
import { redis } from './redis.ts';
import { requests } from './requests.ts';
import { ruby } from './ruby.ts';
import { rust } from './rust.ts';
import { selenium } from './selenium.ts';
import { spring } from './spring.ts';
import { ssh } from './ssh.ts';
import { system } from './system.ts';
import { uvicorn } from './uvicorn.ts';
import { uwsgi } from './uwsgi.ts';
import { vite } from './vite.ts';
import { webpack } from './webpack.ts';
import { wget } from './wget.ts';
import { zookeeper } from './zookeeper.ts';

/**
 * Every ecosystem whose words are known, in order of precedence: the framework stands before its
 * language, which programs print its words too, and the system's own words stand last. See
 * docs/adding-a-message.md.
 */
export const ecosystems: readonly EcosystemMessages[] = [
  // Development servers, devices, browsers and what drives them.
  [
    vite,
    webpack,
    next,
    expo,
    adb,
    apple,
    dart,
    bun,
    deno,
    playwright,
    puppeteer,
    selenium,
    browser,
  ],
  // Python's servers and clients.
  [django, flask, uvicorn, gunicorn, uwsgi, jupyter, requests],
  // Proxies, containers.
  [nginx, apache, haproxy, caddy, envoy, kubectl, docker],
  // Databases and brokers.
  [postgres, mysql, redis, mongodb, elasticsearch, rabbitmq, zookeeper, kafka, jdbc],
  // Frameworks and tools.
  [spring, dotnet, grpc, curl, wget, netcat, ssh, ansible, git],
  // Languages, then everybody.
  [rails, ruby, php, elixir, rust, go, java, python, cpp, node, system],
].flat();
