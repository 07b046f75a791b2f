/** The board in a real browser, on what people look at: figures, frame, and that they follow the events. */
import { afterAll, beforeAll, describe } from 'vitest';
import { type PeopleStack, startPeopleStack } from '../people/people-stack.ts';
import { describeFrame } from './frame.ts';
import { describeLive } from './live.ts';
import { describeViews } from './views.ts';
import { describeWaysOfLooking } from './ways-of-looking.ts';

let stack: PeopleStack;
beforeAll(async () => {
  stack = await startPeopleStack();
});
afterAll(() => stack?.end());

describe('figures', () => describeViews(() => stack));
describe('ways of looking', () => describeWaysOfLooking(() => stack));
describe('the frame', () => describeFrame(() => stack));
describe('live', () => describeLive(() => stack));
