import { ledgerPartSchema } from '@effectstroom/contracts';
import { LEDGER_PARTS } from '@effectstroom/database';
import { expect, test } from 'vitest';

test('answers name the parts that the ledger keeps, in its order', () => {
  expect(ledgerPartSchema.options).toEqual(LEDGER_PARTS);
});
