import { z } from 'zod';
import type { ZodOpenApiPathsObject } from 'zod-openapi';
import { code } from '../fields.ts';
import { answerHeaders, jsonBody, jsonResponse, laterResponse, problemResponse } from '../openapi-parts.ts';
import { NOTIFICATION_BYTES, notificationSchema } from './notification.ts';
import { notificationStatusSchema } from './notification-status.ts';

const NO_CONNECTIONS = problemResponse('This ingest has no such connection: see DATA_FOLDER and ZAKEN_FILE');

/** OpenAPI paths of the notifications of zaaksystemen. */
export const notificationPaths = {
  '/v1/notifications/{code}': {
    post: {
      operationId: 'receiveNotification',
      summary: 'Receive a notification of a zaaksysteem (VNG Notificaties API 1.0.1)',
      description:
        'The callback of a subscription (abonnement); `Authorization` is the value that the subscription ' +
        'was made with, not a key. The zaak is fetched afterwards: a notification that is repeated, late ' +
        'or lost changes no total.',
      requestParams: { path: z.object({ code: code.meta({ description: 'Of the connection' }) }) },
      requestBody: jsonBody(notificationSchema),
      responses: {
        204: { description: 'Kept, or of no concern here', headers: answerHeaders },
        400: problemResponse('No notification, or not of this zaaksysteem; `errors` names all faults'),
        401: problemResponse('Not the Authorization value of the subscription'),
        404: NO_CONNECTIONS,
        413: problemResponse(`More than ${NOTIFICATION_BYTES} bytes`),
        415: problemResponse('Another content type'),
        503: laterResponse('Too much is waiting; sending the same again is safe'),
      },
    },
  },
  '/v1/notifications': {
    get: {
      operationId: 'getNotifications',
      summary: 'How the connections with zaaksystemen are doing (admin key)',
      responses: {
        200: jsonResponse('The connections whose organisation the key covers', notificationStatusSchema),
        401: problemResponse('No key, or an unknown one'),
        403: problemResponse('The key has not this right'),
        404: NO_CONNECTIONS,
        429: laterResponse('This key sends too many requests'),
      },
    },
  },
} satisfies ZodOpenApiPathsObject;
