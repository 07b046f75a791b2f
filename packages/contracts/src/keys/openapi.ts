import type { ZodOpenApiPathsObject } from 'zod-openapi';
import {
  BODY_PROBLEMS,
  jsonBody,
  jsonResponse,
  KEY_PROBLEMS,
  laterResponse,
  problemResponse,
} from '../openapi-parts.ts';
import { keyAddressSchema, newKeySchema, rotationSchema } from './key.ts';
import { keySchema, keysQuerySchema, keysSchema, keyWithTextSchema } from './key-answers.ts';
import { refusalsQuerySchema, refusalsSchema } from './refusal.ts';

const AWAY = { 503: laterResponse('The keys cannot be read or written now') };
const NOT_FOUND = { 404: problemResponse('There is no such key, or it is not governed by this one') };
const CONFLICT = { 409: problemResponse('Not in the state that this needs') };

/** Paths of keys. */
export const keyPaths: ZodOpenApiPathsObject = {
  '/v1/keys': {
    post: {
      operationId: 'createKey',
      tags: ['Keys'],
      summary: 'Make a key; its text is shown this once. It gets no right that the key that makes it lacks',
      requestBody: jsonBody(newKeySchema),
      responses: { 201: jsonResponse('Made', keyWithTextSchema), ...BODY_PROBLEMS, ...CONFLICT, ...AWAY },
    },
    get: {
      operationId: 'getKeys',
      tags: ['Keys'],
      summary: 'The keys that this one governs: those within its organisations and sources',
      requestParams: { query: keysQuerySchema },
      responses: {
        200: jsonResponse('Keys, oldest first', keysSchema),
        400: problemResponse('Faults in the question'),
        ...KEY_PROBLEMS,
        ...AWAY,
      },
    },
  },
  '/v1/keys/{id}': {
    get: {
      operationId: 'getKey',
      tags: ['Keys'],
      summary: 'One key',
      requestParams: { path: keyAddressSchema },
      responses: { 200: jsonResponse('The key', keySchema), ...KEY_PROBLEMS, ...NOT_FOUND, ...AWAY },
    },
    delete: {
      operationId: 'revokeKey',
      tags: ['Keys'],
      summary: 'Revoke a key at once; again changes nothing',
      requestParams: { path: keyAddressSchema },
      responses: { 204: { description: 'Revoked' }, ...KEY_PROBLEMS, ...NOT_FOUND, ...AWAY },
    },
  },
  '/v1/keys/{id}/rotate': {
    post: {
      operationId: 'rotateKey',
      tags: ['Keys'],
      summary: 'Give a key a new text; the older one works on for a while',
      requestParams: { path: keyAddressSchema },
      requestBody: { ...jsonBody(rotationSchema), required: false },
      responses: {
        200: jsonResponse('The new text', keyWithTextSchema),
        ...BODY_PROBLEMS,
        ...NOT_FOUND,
        ...CONFLICT,
        ...AWAY,
      },
    },
  },
};

/** Paths of what was refused. */
export const refusalPaths: ZodOpenApiPathsObject = {
  '/v1/refusals': {
    get: {
      operationId: 'getRefusals',
      tags: ['Keys'],
      summary:
        'Refused requests: of the keys that an admin key governs, or of the key itself; never their content',
      requestParams: { query: refusalsQuerySchema },
      responses: {
        200: jsonResponse('Refusals, oldest first', refusalsSchema),
        400: problemResponse('Faults in the question'),
        ...KEY_PROBLEMS,
        503: laterResponse('The refusals cannot be read now'),
      },
    },
  },
};
