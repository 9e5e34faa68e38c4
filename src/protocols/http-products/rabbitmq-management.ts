import { htmlTitle } from '../http/html-title.ts';
import type { HttpProduct } from '../http/http-product.ts';

/** RabbitMQ's management interface, by its page's title; its API asks for credentials. */
export const rabbitmqManagement: HttpProduct = {
  id: 'rabbitmq-management',
  name: 'RabbitMQ management',
  judge: (answer) =>
    htmlTitle(answer.body) === 'RabbitMQ Management'
      ? { evidence: ['the title is that of RabbitMQ management'] }
      : null,
};
