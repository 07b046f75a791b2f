export {
  type Certificate,
  type ErasureAccepted,
  type ErasureRow,
  erasureAddressSchema,
  erasuresQuerySchema,
  type RemovedAtIngest,
} from './answers.ts';
export { checkErasure, type Erasure, type ErasureRecord, TRANSPORT_DAYS } from './erasure.ts';
