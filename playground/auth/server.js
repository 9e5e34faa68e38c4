import { sendJson, serve } from '../service.mjs';

/** Who is signed in, as every service asks for it. */
serve((request, response) => {
  if (request.url === '/session') return sendJson(response, { user: 'dorothy', role: 'customer' });
  response.statusCode = 404;
  return sendJson(response, { error: 'only /session is here' });
});
