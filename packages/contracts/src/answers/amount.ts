import { z } from 'zod';

/** Euros with exactly two decimals. */
export const amount = z
  .string()
  .regex(/^-?\d+\.\d{2}$/)
  .meta({
    id: 'Amount',
    description: 'Euros, rounded half away from zero from its own exact value',
    example: '1250.00',
  });

/** Euros before correction, not rounded. */
export const exactGross = z
  .string()
  .regex(/^-?\d+\.\d{6}$/)
  .meta({ description: 'Euros, exact to the micro-euro', example: '1250.000000' });

/** Euros after correction, not rounded: micro-euros times a factor of four decimals. */
export const exactCorrected = z
  .string()
  .regex(/^-?\d+\.\d{10}$/)
  .meta({
    description: 'Euros after correction, exact to the ten-thousandth of a micro-euro',
    example: '1125.0000000000',
  });

/** A quotient with exactly four decimals. */
export const quotient = z
  .string()
  .regex(/^-?\d+\.\d{4}$/)
  .meta({ description: 'A quotient with four decimals', example: '3.1670' });

/** A moment as answers write it: RFC 3339 in UTC, in microseconds. */
export const moment = z.iso.datetime().meta({ example: '2021-03-18T09:12:44.000000Z' });

export const count = z.int().min(0);
