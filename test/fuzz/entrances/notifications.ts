/** `POST /v1/notifications/{code}`. */
import fc from 'fast-check';
import { AS, askSafely, entrance, JSON_TYPE } from '../entrance.ts';
import { seldom, text } from '../garbage.ts';
import { pathText } from '../http.ts';
import { marked } from '../marker.ts';
import { mutate, mutateText, mutations, textMutations } from '../mutate.ts';
import { SUBSCRIPTION } from '../stack.ts';
import { CONNECTION, notification } from '../valid.ts';

export const notificationEntrances = [
  entrance({
    name: 'notifications',
    share: 3,
    input: fc.record({
      changes: mutations,
      textChanges: textMutations,
      code: seldom(10, text),
      authorization: seldom(15, fc.constantFrom('', 'Bearer x', AS.admin.authorization)),
    }),
    async try(world, { changes, textChanges, code, authorization }, tally) {
      const { stack, markers } = world;
      const marker = markers.next();
      const json = JSON.stringify(marked(mutate(notification(stack.zakenUrl), changes) ?? null, marker));
      const asked = {
        method: 'POST',
        path: `/v1/notifications/${pathText((code ?? CONNECTION).slice(0, 500))}`,
        headers: { authorization: authorization ?? SUBSCRIPTION, 'content-type': JSON_TYPE },
        body: mutateText(json, textChanges),
      };
      const { status } = await askSafely(world, 'ingest', asked, tally);
      // Of what a notification says, only which zaak it is about is kept.
      markers.keep(marker, false);
      if (status === 204 && authorization !== undefined) throw new Error('takes a notification of nobody');
    },
  }),
];
