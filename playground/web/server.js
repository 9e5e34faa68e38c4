import { Agent, get } from 'node:http';
import { serve } from '../service.mjs';

const upstreams = {
  session: `${process.env.AUTH_URL}/session`,
  balance: `${process.env.PAYMENTS_URL}/balance`,
};
// One connection to each upstream stays open: these are the edges that Homeport shows.
const agent = new Agent({ keepAlive: true, maxSockets: 1 });
const state = { session: null, balance: null };

serve(sendPage, refresh);
setInterval(() => void refresh().catch(() => {}), 1000);

function sendPage(request, response) {
  response.setHeader('content-type', 'text/html; charset=utf-8');
  response.end(`<!doctype html>
<html lang="en">
<title>The playground's shop</title>
<h1>Welcome home, ${state.session?.user ?? 'stranger'}</h1>
<p>You owe ${state.balance?.amount ?? '?'} ${state.balance?.currency ?? ''}.</p>
</html>
`);
}

async function refresh() {
  await Promise.all(
    Object.entries(upstreams).map(async ([key, url]) => {
      state[key] = await getJson(url);
    }),
  );
}

function getJson(url) {
  return new Promise((resolve, reject) => {
    const request = get(url, { agent }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk) => (text += chunk));
      response.on('end', () => resolve(JSON.parse(text)));
    });
    request.on('error', reject);
  });
}
