export { slug as slugSchema } from '../fields.ts';
export {
  checkNewKey,
  checkRotation,
  KEY_LIMITS,
  KEY_PREFIX,
  type KeyResult,
  keyAddressSchema,
  type NewKey,
  OVERLAP_HOURS,
  REQUESTS_PER_MINUTE,
  SCOPES,
  type Scope,
} from './key.ts';
export { type KeyAnswer, keysQuerySchema } from './key-answers.ts';
export { keyPaths, refusalPaths } from './openapi.ts';
export {
  parseRefusal,
  REFUSAL_LIMITS,
  REFUSAL_STREAM,
  REFUSAL_SUBJECTS,
  type Refusal,
  type Refusals,
  refusalFaults,
  refusalSubject,
  refusalsQuerySchema,
} from './refusal.ts';
