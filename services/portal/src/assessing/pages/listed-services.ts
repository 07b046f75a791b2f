/** The services of a price list as they are picked by what one types. Pure. */
import type { PricedService } from '@effectstroom/contracts';
import type { Formats } from '../../board/formats.ts';

/** A service with the text that stands in the list. */
export interface ListedService extends PricedService {
  /** Name, price and unit; with its code where another one has the same. */
  label: string;
}

/** The services with their labels. */
export function labelled(services: readonly PricedService[], { cents }: Formats): ListedService[] {
  const labels = services.map(({ name, price, unit }) => {
    const euros = cents(price).replaceAll('\u00a0', ' ');
    return `${name} – ${euros} per ${unit}`;
  });
  return services.map((service, place) => {
    const label = labels[place] ?? '';
    const isOnly = labels.indexOf(label) === labels.lastIndexOf(label);
    return { ...service, label: isOnly ? label : `${label} (${service.service})` };
  });
}

/** What was typed: the service it means, or else the first few that it could mean. */
export interface Picked {
  service?: ListedService;
  near: ListedService[];
}

/** Services that are shown where it is not clear which one is meant. */
const NEAR_MOST = 6;

/**
 * Finds a service: by its label, code or name, or by part of the label where only one has it. Upper case
 * and accents make no difference.
 */
export function pick(typed: string, services: readonly ListedService[]): Picked {
  const text = plain(typed);
  if (text === '') return { near: [] };
  const ways: ((one: ListedService) => boolean)[] = [
    ({ label }) => plain(label) === text,
    ({ service }) => plain(service) === text,
    ({ name }) => plain(name) === text,
    ({ label }) => text.split(' ').every((part) => plain(label).includes(part)),
  ];
  for (const isMeant of ways) {
    const [first, ...others] = services.filter(isMeant);
    if (first === undefined) continue;
    return others.length === 0
      ? { service: first, near: [] }
      : { near: [first, ...others].slice(0, NEAR_MOST) };
  }
  return { near: [] };
}

function plain(text: string): string {
  return text.normalize('NFD').replaceAll(/\p{M}/gu, '').replaceAll(/\s+/g, ' ').trim().toLowerCase();
}
