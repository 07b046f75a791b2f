import { describe, expect, it } from 'vitest';
import { eventModeOf, isJson } from './event-mode.ts';

describe('eventModeOf', () => {
  it.each([
    ['application/cloudevents+json', 'single'],
    ['application/cloudevents+json; charset=utf-8', 'single'],
    ['Application/CloudEvents+JSON;charset="UTF-8"', 'single'],
    ['application/cloudevents-batch+json', 'batch'],
    ['application/json', 'binary'],
    ['application/json; charset=utf-8', 'binary'],
    ['application/cloudevents+json; charset=latin1', undefined],
    ['application/cloudevents+xml', undefined],
    ['text/plain', undefined],
    ['json', undefined],
    ['', undefined],
  ])('of %j is %s', (type, mode) => {
    expect(eventModeOf({ 'content-type': type, 'ce-id': 'x' })).toBe(mode);
  });

  it('is not binary without attributes, nor anything compressed or untyped', () => {
    expect(eventModeOf({ 'content-type': 'application/json' })).toBeUndefined();
    expect(
      eventModeOf({ 'content-type': 'application/cloudevents+json', 'content-encoding': 'gzip' }),
    ).toBeUndefined();
    expect(
      eventModeOf({ 'content-type': 'application/cloudevents+json', 'content-encoding': 'identity' }),
    ).toBe('single');
    expect(eventModeOf({ 'ce-id': 'x' })).toBeUndefined();
  });
});

describe('isJson', () => {
  it('takes plain JSON only', () => {
    expect(isJson({ 'content-type': 'application/json;charset=utf-8' })).toBe(true);
    expect(isJson({ 'content-type': 'application/ld+json' })).toBe(false);
    expect(isJson({})).toBe(false);
  });
});
