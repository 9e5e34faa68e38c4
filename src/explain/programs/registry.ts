import type { ProgramDetector } from '../program.ts';
import { adb } from './adb.ts';
import { air } from './air.ts';
import { airflow } from './airflow.ts';
import { angular } from './angular.ts';
import { apache } from './apache.ts';
import { astro } from './astro.ts';
import { avahi } from './avahi.ts';
import { bind } from './bind.ts';
import { browserSync } from './browser-sync.ts';
import { buildkitd } from './buildkitd.ts';
import { busybox } from './busybox.ts';
import { caddy } from './caddy.ts';
import { cargoBuild } from './cargo-build.ts';
import { cassandra } from './cassandra.ts';
import { chroma } from './chroma.ts';
import { chrome } from './chrome.ts';
import { chromedriver } from './chromedriver.ts';
import { chrony } from './chrony.ts';
import { clash } from './clash.ts';
import { claudeCode } from './claude-code.ts';
import { clickhouse } from './clickhouse.ts';
import { cloudflared } from './cloudflared.ts';
import { cockroach } from './cockroach.ts';
import { codex } from './codex.ts';
import { comfyui } from './comfyui.ts';
import { consul } from './consul.ts';
import { containerd } from './containerd.ts';
import { coredns } from './coredns.ts';
import { couchdb } from './couchdb.ts';
import { createReactApp } from './create-react-app.ts';
import { cups } from './cups.ts';
import { cursor } from './cursor.ts';
import { datasette } from './datasette.ts';
import { dbus } from './dbus.ts';
import { debugpy } from './debugpy.ts';
import { delve } from './delve.ts';
import { dhclient } from './dhclient.ts';
import { django } from './django.ts';
import { dnsmasq } from './dnsmasq.ts';
import { dockerCli } from './docker-cli.ts';
import { dockerProxy } from './docker-proxy.ts';
import { dockerd } from './dockerd.ts';
import { docusaurus } from './docusaurus.ts';
import { dotnet } from './dotnet.ts';
import { dynamodbLocal } from './dynamodb-local.ts';
import { elasticsearch } from './elasticsearch.ts';
import { eleventy } from './eleventy.ts';
import { elixir } from './elixir.ts';
import { ember } from './ember.ts';
import { envoy } from './envoy.ts';
import { epmd } from './epmd.ts';
import { esbuild } from './esbuild.ts';
import { etcd } from './etcd.ts';
import { exim } from './exim.ts';
import { expo } from './expo.ts';
import { express } from './express.ts';
import { fastapi } from './fastapi.ts';
import { fastify } from './fastify.ts';
import { firebase } from './firebase.ts';
import { firefox } from './firefox.ts';
import { flask } from './flask.ts';
import { flower } from './flower.ts';
import { frankenphp } from './frankenphp.ts';
import { frp } from './frp.ts';
import { gatsby } from './gatsby.ts';
import { gdbserver } from './gdbserver.ts';
import { geckodriver } from './geckodriver.ts';
import { geminiCli } from './gemini-cli.ts';
import { gitea } from './gitea.ts';
import { goRun } from './go-run.ts';
import { gpgAgent } from './gpg-agent.ts';
import { gradio } from './gradio.ts';
import { gradle } from './gradle.ts';
import { grafana } from './grafana.ts';
import { gunicorn } from './gunicorn.ts';
import { haproxy } from './haproxy.ts';
import { homeport } from './homeport.ts';
import { hono } from './hono.ts';
import { httpServer } from './http-server.ts';
import { hugo } from './hugo.ts';
import { hypercorn } from './hypercorn.ts';
import { inetd } from './inetd.ts';
import { influxdb } from './influxdb.ts';
import { jdtls } from './jdtls.ts';
import { jekyll } from './jekyll.ts';
import { jellyfin } from './jellyfin.ts';
import { jenkins } from './jenkins.ts';
import { jetbrains } from './jetbrains.ts';
import { jetty } from './jetty.ts';
import { jsonServer } from './json-server.ts';
import { jupyter } from './jupyter.ts';
import { kafka } from './kafka.ts';
import { keycloak } from './keycloak.ts';
import { kibana } from './kibana.ts';
import { koa } from './koa.ts';
import { kotlinDaemon } from './kotlin-daemon.ts';
import { kubectl } from './kubectl.ts';
import { kubelet } from './kubelet.ts';
import { kubernetes } from './kubernetes.ts';
import { laravel } from './laravel.ts';
import { libvirt } from './libvirt.ts';
import { lighttpd } from './lighttpd.ts';
import { litellm } from './litellm.ts';
import { liveServer } from './live-server.ts';
import { llamaCpp } from './llama-cpp.ts';
import { lmStudio } from './lm-studio.ts';
import { localstack } from './localstack.ts';
import { localtunnel } from './localtunnel.ts';
import { loki } from './loki.ts';
import { mailhog } from './mailhog.ts';
import { mailpit } from './mailpit.ts';
import { mariadb } from './mariadb.ts';
import { mcpInspector } from './mcp-inspector.ts';
import { mcpServer } from './mcp-server.ts';
import { meilisearch } from './meilisearch.ts';
import { memcached } from './memcached.ts';
import { metro } from './metro.ts';
import { micronaut } from './micronaut.ts';
import { minio } from './minio.ts';
import { mitmproxy } from './mitmproxy.ts';
import { mkdocs } from './mkdocs.ts';
import { mlflow } from './mlflow.ts';
import { mongodb } from './mongodb.ts';
import { mosquitto } from './mosquitto.ts';
import { mysql } from './mysql.ts';
import { n8n } from './n8n.ts';
import { nats } from './nats.ts';
import { neo4j } from './neo4j.ts';
import { nest } from './nest.ts';
import { netcat } from './netcat.ts';
import { networkManager } from './network-manager.ts';
import { next } from './next.ts';
import { nfs } from './nfs.ts';
import { nginx } from './nginx.ts';
import { ngrok } from './ngrok.ts';
import { nodeExporter } from './node-exporter.ts';
import { nodeRed } from './node-red.ts';
import { nomad } from './nomad.ts';
import { ntpd } from './ntpd.ts';
import { nuxt } from './nuxt.ts';
import { ollama } from './ollama.ts';
import { openWebui } from './open-webui.ts';
import { opencode } from './opencode.ts';
import { openresty } from './openresty.ts';
import { opensearch } from './opensearch.ts';
import { openvpn } from './openvpn.ts';
import { otelCollector } from './otel-collector.ts';
import { parcel } from './parcel.ts';
import { pasta } from './pasta.ts';
import { pgbouncer } from './pgbouncer.ts';
import { phoenix } from './phoenix.ts';
import { phpFpm } from './php-fpm.ts';
import { phpServer } from './php-server.ts';
import { pipewire } from './pipewire.ts';
import { playwright } from './playwright.ts';
import { plex } from './plex.ts';
import { pm2 } from './pm2.ts';
import { podman } from './podman.ts';
import { postfix } from './postfix.ts';
import { postgres } from './postgres.ts';
import { prisma } from './prisma.ts';
import { prometheus } from './prometheus.ts';
import { pulseaudio } from './pulseaudio.ts';
import { puma } from './puma.ts';
import { pythonHttpServer } from './python-http-server.ts';
import { pythonMultiprocessing } from './python-multiprocessing.ts';
import { qdrant } from './qdrant.ts';
import { qemu } from './qemu.ts';
import { quarkus } from './quarkus.ts';
import { rabbitmq } from './rabbitmq.ts';
import { rackup } from './rackup.ts';
import { rails } from './rails.ts';
import { reactRouter } from './react-router.ts';
import { redis } from './redis.ts';
import { remix } from './remix.ts';
import { rootlessport } from './rootlessport.ts';
import { rpcbind } from './rpcbind.ts';
import { rqlite } from './rqlite.ts';
import { rsbuild } from './rsbuild.ts';
import { samba } from './samba.ts';
import { selenium } from './selenium.ts';
import { serve } from './serve.ts';
import { sinatra } from './sinatra.ts';
import { singBox } from './sing-box.ts';
import { slirp4netns } from './slirp4netns.ts';
import { snapd } from './snapd.ts';
import { socat } from './socat.ts';
import { springBoot } from './spring-boot.ts';
import { sqld } from './sqld.ts';
import { squid } from './squid.ts';
import { sshAgent } from './ssh-agent.ts';
import { ssh } from './ssh.ts';
import { sshd } from './sshd.ts';
import { stableDiffusionWebui } from './stable-diffusion-webui.ts';
import { storybook } from './storybook.ts';
import { strapi } from './strapi.ts';
import { streamlit } from './streamlit.ts';
import { supabase } from './supabase.ts';
import { supervisord } from './supervisord.ts';
import { surrealdb } from './surrealdb.ts';
import { sveltekit } from './sveltekit.ts';
import { symfony } from './symfony.ts';
import { syncthing } from './syncthing.ts';
import { systemdJournald } from './systemd-journald.ts';
import { systemdNetworkd } from './systemd-networkd.ts';
import { systemdResolved } from './systemd-resolved.ts';
import { systemdTimesyncd } from './systemd-timesyncd.ts';
import { systemd } from './systemd.ts';
import { tailscaled } from './tailscaled.ts';
import { temporal } from './temporal.ts';
import { tensorboard } from './tensorboard.ts';
import { textGenerationWebui } from './text-generation-webui.ts';
import { tomcat } from './tomcat.ts';
import { tor } from './tor.ts';
import { traefik } from './traefik.ts';
import { typesense } from './typesense.ts';
import { unbound } from './unbound.ts';
import { unicorn } from './unicorn.ts';
import { uvicorn } from './uvicorn.ts';
import { uwsgi } from './uwsgi.ts';
import { valkey } from './valkey.ts';
import { vault } from './vault.ts';
import { vercel } from './vercel.ts';
import { vinxi } from './vinxi.ts';
import { vite } from './vite.ts';
import { vitepress } from './vitepress.ts';
import { vitest } from './vitest.ts';
import { vllm } from './vllm.ts';
import { vscodeServer } from './vscode-server.ts';
import { vscode } from './vscode.ts';
import { vueCli } from './vue-cli.ts';
import { watchman } from './watchman.ts';
import { weaviate } from './weaviate.ts';
import { webpackDevServer } from './webpack-dev-server.ts';
import { windsurf } from './windsurf.ts';
import { workerd } from './workerd.ts';
import { wrangler } from './wrangler.ts';
import { xServer } from './x-server.ts';
import { zed } from './zed.ts';
import { zookeeper } from './zookeeper.ts';

/**
 * Every program detector, in order of precedence: the first that answers wins, so the specific
 * stand before the general. See docs/adding-a-program.md.
 */
export const programDetectors: readonly ProgramDetector[] = [
  // JavaScript: frameworks before the tools that they stand on, tools before programs of one's own.
  [next, nuxt, astro, remix, reactRouter, sveltekit, vinxi, vitepress, vitest, vite, angular],
  [webpackDevServer, parcel, rsbuild, esbuild, storybook, expo, metro, gatsby, ember, vueCli],
  [createReactApp, eleventy, docusaurus, httpServer, serve, liveServer, browserSync, jsonServer],
  [prisma, strapi, n8n, nodeRed, pm2, wrangler, workerd, vercel, firebase, localtunnel],
  [mcpInspector, mcpServer, claudeCode, codex, geminiCli, opencode, homeport, playwright, kibana],
  [nest, fastify, hono, koa, express],
  // Python: applications before servers, servers before runtimes.
  [debugpy, django, flask, fastapi, openWebui, vllm, litellm, uvicorn, hypercorn, gunicorn],
  [uwsgi, pythonHttpServer, jupyter, streamlit, gradio, mkdocs, flower, tensorboard, mlflow],
  [airflow, mitmproxy, datasette, localstack, supervisord, comfyui, textGenerationWebui],
  [stableDiffusionWebui, pythonMultiprocessing],
  // Ruby, PHP, Java, Go, Rust, .NET, Erlang: products before the framework or build that they run
  // in.
  [rails, puma, unicorn, jekyll, sinatra, rackup, laravel, symfony, phpServer, phpFpm],
  [frankenphp, elasticsearch, opensearch, kafka, zookeeper, cassandra, neo4j, keycloak, jenkins],
  [dynamodbLocal, jdtls, selenium, gradle, kotlinDaemon, tomcat, jetty, quarkus, micronaut],
  [springBoot, air, delve, goRun, hugo, cargoBuild, dotnet, rabbitmq, couchdb, phoenix, elixir],
  [epmd],
  // Databases, brokers, storage; forks before what they answer to by a link.
  [postgres, pgbouncer, mariadb, mysql, valkey, redis, mongodb, memcached, nats, mosquitto],
  [minio, etcd, clickhouse, cockroach, surrealdb, sqld, rqlite, influxdb, prometheus],
  [nodeExporter, grafana, loki, otelCollector, meilisearch, typesense, qdrant, weaviate, chroma],
  [consul, vault, nomad, temporal, supabase],
  // Models.
  [ollama, llamaCpp, lmStudio],
  // Web and mail servers, proxies; BusyBox first because its applets bear others' names.
  [busybox, openresty, nginx, apache, caddy, lighttpd, haproxy, traefik, envoy, squid, tor],
  [clash, singBox, mailpit, mailhog, exim, postfix, samba, syncthing, plex, jellyfin, gitea],
  // Containers and clusters.
  [dockerProxy, dockerd, dockerCli, containerd, podman, buildkitd, rootlessport, slirp4netns],
  [pasta, kubectl, kubelet, kubernetes],
  // Tunnels, editors, browsers, drivers.
  [ssh, sshd, ngrok, cloudflared, tailscaled, frp, openvpn, socat, netcat, cursor, windsurf],
  [vscodeServer, vscode, jetbrains, zed, chrome, firefox, chromedriver, geckodriver, gdbserver],
  [adb, watchman, qemu],
  // The system's own.
  [systemd, systemdResolved, systemdNetworkd, systemdTimesyncd, systemdJournald, networkManager],
  [dhclient, avahi, cups, dnsmasq, unbound, bind, coredns, chrony, ntpd, rpcbind, nfs, inetd],
  [libvirt, xServer, pulseaudio, pipewire, dbus, sshAgent, gpgAgent, snapd],
].flat();
