import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseHttpAnswer } from '../../src/protocols/http/http-answer.ts';
import { frameworkEvidence } from '../../src/protocols/http/frameworks.ts';
import { htmlTitle } from '../../src/protocols/http/html-title.ts';
import { authorityOf, httpRequest } from '../../src/protocols/http/http-request.ts';
import { httpAnswer } from './http-answers.ts';

const parse = (text: string, ended = true) => parseHttpAnswer(Buffer.from(text), ended);

describe('an HTTP answer', () => {
  test('has a version, a status and headers in lower case, repeated ones joined', () => {
    const answer = parse('HTTP/1.0 404 Not Found\r\nA: 1\r\nB:2\r\na: 3\r\nnonsense\r\n\r\n');
    expect(answer).toMatchObject({ version: '1.0', status: 404, reason: 'Not Found', body: '' });
    expect(answer).toHaveProperty(
      'headers',
      new Map([
        ['a', '1, 3'],
        ['b', '2'],
      ]),
    );
  });

  test('is whole when its length has come, though the connection stays open', () => {
    expect(parse('HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nab', false)).toBe('more');
    const answer = parse('HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabcdef', false);
    expect(answer).toMatchObject({ body: 'abc' });
  });

  test('is de-chunked', () => {
    const head = 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n';
    expect(parse(`${head}3\r\nabc\r\n2;x=y\r\nde\r\n0\r\n\r\n`, false)).toMatchObject({
      body: 'abcde',
    });
    expect(parse(`${head}3\r\nabc\r\n`, false)).toBe('more');
    expect(parse(`${head}ff\r\nabc`)).toMatchObject({ body: 'abc' });
    expect(parse(`${head}nonsense\r\nabc`)).toMatchObject({ body: '' });
  });

  test('comes after interim answers', () => {
    const hints = 'HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n';
    const answer = parse(`${hints}HTTP/1.1 204 No Content\r\n\r\n`, false);
    expect(answer).toMatchObject({ status: 204 });
    expect(parse(hints.repeat(50))).toBe(null);
  });

  test('may end its lines with LF alone, and may be cut in its head', () => {
    expect(parse('HTTP/1.1 200 OK\nA: b\n\nbody')).toMatchObject({ status: 200, body: 'body' });
    expect(parse('HTTP/1.1 200 OK\r\nServer: x\r\nHalf')).toMatchObject({ status: 200 });
  });

  test.each([
    '',
    'HTTP',
    'HTTP/1.1',
    'HTTP/x 200 OK\r\n\r\n',
    'HTTP/1.1 2000 OK\r\n\r\n',
    'ICY 200',
  ])('is not %j', (text) => {
    expect(parse(text)).toBe(null);
  });

  test('is read without throwing, whatever comes', () => {
    const head = fc.constantFrom('HTTP/1.1 200 OK\r\n', 'HTTP/1.1 100 C\r\n\r\n', '');
    const field = fc.constantFrom(
      'Transfer-Encoding: chunked\r\n\r\n',
      'Content-Length: 9\r\n\r\n',
    );
    fc.assert(
      fc.property(
        head,
        field,
        fc.uint8Array({ maxLength: 512 }),
        fc.boolean(),
        (a, b, c, ended) => {
          parseHttpAnswer(Buffer.concat([Buffer.from(a + b), c]), ended);
        },
      ),
    );
  });
});

describe('a page’s title', () => {
  test.each([
    ['<html><head><title>Shop</title>', 'Shop'],
    [
      '<TITLE lang="en">\n  Fish &amp; Chips\n\t&#39;s &#x2714; &nope;</TITLE>',
      "Fish & Chips 's ✔ &nope;",
    ],
    ['<title>&#99999999;&#x110000;</title>', '&#99999999;&#x110000;'],
    ['<title></title>', null],
    ['<title>never closed', null],
    ['<title', null],
    ['', null],
  ])('%j has %j', (html, title) => {
    expect(htmlTitle(html)).toBe(title);
  });
});

describe('a request', () => {
  test('says who asks, and asks for the connection to be closed', () => {
    const request = httpRequest({ host: 'shop.localhost', port: 3000, hints: [] }, '/');
    expect(Buffer.from(request).toString()).toBe(
      'GET / HTTP/1.1\r\nHost: shop.localhost:3000\r\nUser-Agent: homeport\r\nAccept: text/html\r\nConnection: close\r\n\r\n',
    );
  });

  test.each([
    ['::1', 80, '[::1]:80'],
    ['fe80::1%lo', 80, '[fe80::1]:80'],
    ['localhost', null, 'localhost'],
    ['', 80, 'localhost:80'],
    ['evil\r\nX: y', 80, '[evilX:y]:80'],
  ])('to %j at %j is for %s', (host, port, authority) => {
    expect(authorityOf({ host, port, hints: [] })).toBe(authority);
  });
});

test('a framework is evidence, by header or by page', () => {
  expect(frameworkEvidence(httpAnswer({ headers: { 'x-powered-by': 'Next.js' } }))).toEqual([
    'x-powered-by: Next.js (Next.js)',
  ]);
  const body = '<script type="module" src="/@vite/client"></script>';
  expect(frameworkEvidence(httpAnswer({ body }))).toEqual([
    'the page contains /@vite/client (Vite)',
  ]);
});
