/** Bytes on a connection that are hardly HTTP. */
import fc from 'fast-check';
import { entrance, type Service } from '../entrance.ts';
import { tell } from '../http.ts';
import { markersIn, PLACE } from '../marker.ts';
import { mutateText, textMutations } from '../mutate.ts';

const BODY = `{"specversion":"1.0","id":"${PLACE}"}`;
const HEAD = ['host: x', 'authorization: Bearer local-admin', 'content-type: application/cloudevents+json'];

const lines = fc.constantFrom(
  ...[
    'POST /v1/events HTTP/1.1',
    'POST /v1/events HTTP/1.0',
    'POST /v1/events HTTP/9.9',
    'post /v1/events HTTP/1.1',
  ],
  ...[
    'GET / HTTP/1.1',
    'GET http://x/v1/status HTTP/1.1',
    'GET /%00 HTTP/1.1',
    'GET /\\..\\x HTTP/1.1',
    'CONNECT x:1 HTTP/1.1',
  ],
  ...[
    '\x16\x03\x01\x02\x00',
    'PRI * HTTP/2.0',
    `GET /${'x'.repeat(20_000)} HTTP/1.1`,
    '',
    `GET /?${PLACE} HTTP/1.1`,
  ],
);

const header = fc.constantFrom(
  ...[
    'content-length: 0',
    'content-length: -1',
    'content-length: 99999999999',
    'content-length: 1\r\ncontent-length: 2',
  ],
  ...[
    'transfer-encoding: chunked',
    'transfer-encoding: chunked\r\ncontent-length: 5',
    'transfer-encoding: x',
  ],
  ...[
    'connection: upgrade\r\nupgrade: websocket',
    'expect: 100-continue',
    'expect: x',
    `x: ${'y'.repeat(20_000)}`,
  ],
  ...[
    'ce-id: a\r\n b',
    'ce-id: \x00',
    'ce-id: \xff\xfe',
    ': x',
    'x',
    'host: a\r\nhost: b',
    `x: ${PLACE}\r\n\r\nGET / HTTP/1.1`,
  ],
);

export const byteEntrances = (['ingest', 'portal'] as Service[]).map((service) =>
  entrance({
    name: `bytes to ${service}`,
    share: 1,
    input: fc.record({ line: lines, headers: fc.array(header, { maxLength: 3 }), changes: textMutations }),
    async try({ stack, markers }, { line, headers, changes }, tally) {
      const marker = markers.next();
      markers.keep(marker, false);
      const request = [line, ...HEAD, ...headers, '', BODY].join('\r\n').replaceAll(PLACE, marker);
      const { port, url } = stack[service].running;
      const answer = await tell(port, mutateText(request, changes));
      const status = /^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1] ?? 'none';
      tally.set(status, (tally.get(status) ?? 0) + 1);
      if (/^HTTP\/1\.1 5/m.test(answer)) throw new Error(`answered ${answer.slice(0, 500)}`);
      if (markersIn(answer).length > 0) throw new Error(`repeats what was sent: ${answer.slice(0, 1_000)}`);
      const live = await fetch(`${url}/health/live`);
      if (live.status !== 200) throw new Error(`is not live any more: ${live.status}`);
    },
  }),
);
