/** What a price list changes of the one before. */
import type { PriceItem, PriceList } from '../settings-event.ts';
import type { EditionChanges, PriceListChanges } from './price-list-preview.ts';

type Edition = PriceList['editions'][number];

/** Members of a price that are named where they differ. */
const MEMBERS = ['name', 'unit', 'costBearer', 'kind', 'cashable', 'priceLevel', 'source'] as const;

/** Compares two normalised lists. A new edition is compared with the one in force before it. */
export function priceListChanges(before: PriceList, after: PriceList): PriceListChanges {
  const name = before.name !== after.name || before.note !== after.note;
  const dates = new Set([...before.editions, ...after.editions].map(({ from }) => from));
  const editions = [...dates]
    .sort()
    .map((from) => editionChanges(from, before, after))
    .filter((edition) => edition.state !== 'kept' || hasChanges(edition));
  return { unchanged: !name && editions.length === 0, name, editions };
}

function editionChanges(from: string, before: PriceList, after: PriceList): EditionChanges {
  const now = after.editions.find((edition) => edition.from === from);
  const same = before.editions.find((edition) => edition.from === from);
  const old = same ?? after.editions.findLast((edition) => edition.from < from);
  const state = now === undefined ? 'removed' : same === undefined ? 'added' : 'kept';
  return { from, state, comparedWith: old?.from ?? null, ...itemChanges(old, now) };
}

function itemChanges(old: Edition | undefined, now: Edition | undefined) {
  const olds = new Map(itemsOf(old).map((item) => [item.service, item]));
  const news = new Map(itemsOf(now).map((item) => [item.service, item]));
  const both = [...news.values()].flatMap((item) => {
    const was = olds.get(item.service);
    return was === undefined ? [] : [{ was, item }];
  });
  return {
    added: [...news.values()].filter(({ service }) => !olds.has(service)).map(shown),
    removed: [...olds.values()].filter(({ service }) => !news.has(service)).map(shown),
    repriced: both.filter(({ was, item }) => was.price !== item.price).map(repriced),
    altered: both
      .map(({ was, item }) => ({
        service: item.service,
        members: MEMBERS.filter((member) => was[member] !== item[member]),
      }))
      .filter(({ members }) => members.length > 0),
  };
}

/** The items, with the price level and source that hold for them. */
function itemsOf(edition: Edition | undefined): PriceItem[] {
  if (edition === undefined) return [];
  const { priceLevel, source, items } = edition;
  return items.map((item) => ({
    ...(priceLevel !== undefined && { priceLevel }),
    ...(source !== undefined && { source }),
    ...item,
  }));
}

function shown({ service, name, unit, price }: PriceItem) {
  return { service, name, unit, price };
}

function repriced({ was, item }: { was: PriceItem; item: PriceItem }) {
  const { service, name, unit, price } = item;
  return { service, name, unit, before: was.price, after: price, percent: percentOf(was.price, price) };
}

/** The change in percent with one decimal, rounded half away from zero; null from nothing. */
function percentOf(before: string, after: string): string | null {
  const [from, to] = [centsOf(before), centsOf(after)];
  if (from === 0n) return null;
  const difference = to - from;
  const size = difference < 0n ? -difference : difference;
  const tenths = (size * 2000n + from) / (2n * from);
  return `${difference < 0n && tenths > 0n ? '-' : ''}${tenths / 10n}.${tenths % 10n}`;
}

/** Cents of a normalised price, which has two decimals. */
function centsOf(price: string): bigint {
  return BigInt(price.replace('.', ''));
}

function hasChanges({ added, removed, repriced, altered }: EditionChanges): boolean {
  return [added, removed, repriced, altered].some((list) => list.length > 0);
}
