import { sendJson, serve } from '../service.mjs';

/** What the signed-in customer owes. */
serve((request, response) => {
  if (request.url === '/balance') return sendJson(response, { amount: 42, currency: 'EUR' });
  response.statusCode = 404;
  return sendJson(response, { error: 'only /balance is here' });
});
