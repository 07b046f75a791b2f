/** The published JSON Schemas, judged by a validator that is not ours. */
import { jsonSchema } from '@effectstroom/contracts';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';

/** Decimals have a margin: 1.1 is no exact multiple of 0.01 in a double. Patterns say all of formats. */
const ajv = new Ajv2020({
  strict: false,
  validateFormats: false,
  multipleOfPrecision: 6,
  ownProperties: true,
});
const validators = new Map<string, ValidateFunction>();

/** Whether a schema of a name takes a value. */
export function isTakenBySchema(name: string, value: unknown): boolean {
  let validate = validators.get(name);
  if (validate === undefined) {
    const schema = jsonSchema(name);
    if (schema === undefined) throw new Error(`there is no schema ${name}`);
    validate = ajv.compile(schema);
    validators.set(name, validate);
  }
  return validate(value) === true;
}
