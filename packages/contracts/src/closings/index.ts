export * from './answer.ts';
export * from './bundle.ts';
export {
  type Closing,
  type ClosingAccepted,
  checkClosing,
  closingAddressSchema,
  closingDataSchema,
  closingSchema,
} from './closing.ts';
export {
  type ClosingChecksums,
  type ClosingFigures,
  closingChecksumsSchema,
  closingFiguresSchema,
  type ExactFigures,
} from './figures.ts';
