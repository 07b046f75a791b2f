/** Events as a registration system sends them, to be changed by a test. */
type Members = Record<string, unknown>;

const ATTRIBUTES = {
  specversion: '1.0',
  id: 'event-1',
  source: 'urn:nld:kvknr:41224547:systeem:test',
  time: '2021-03-18T09:12:44Z',
};
const DATA = {
  municipality: 'GM0394',
  organisation: 'meerwaarde',
  caseId: 'c-1',
  revision: 1,
  date: '2021-03-17',
  theme: '3',
};

export const SERVICE_LINE = { service: 'begeleiding-individueel', quantity: '26', likelihood: 'probable' };
export const AMOUNT_LINE = { amount: '1250.00', costBearer: 'zorgverzekeraar', recurrence: 'yearly' };

/** An assessed event; `data` and `event` change members, undefined leaves one out. */
export function assessed(data: Members = {}, event: Members = {}): Members {
  const whole = { ...DATA, avoided: [SERVICE_LINE, AMOUNT_LINE], ...data };
  return { ...ATTRIBUTES, type: 'nl.effectstroom.case.assessed', data: whole, ...event };
}

/** An assessed event with this one line. */
export function withLine(line: Members): Members {
  return assessed({ avoided: [line] });
}

/** A registered event. */
export function registered(data: Members = {}, event: Members = {}): Members {
  return { ...ATTRIBUTES, type: 'nl.effectstroom.case.registered', data: { ...DATA, ...data }, ...event };
}

/** A withdrawn event. */
export function withdrawn(data: Members = {}, event: Members = {}): Members {
  const { municipality, organisation, caseId, revision } = DATA;
  const whole = { municipality, organisation, caseId, revision, ...data };
  return { ...ATTRIBUTES, type: 'nl.effectstroom.case.withdrawn', data: whole, ...event };
}

export const PROGRAMME = {
  name: 'Programma',
  method: 'preventiecalculator',
  correctionFactors: [{ from: '2021-01-01', factor: '0.90' }],
  themes: [{ code: '3', name: 'Thema', goals: [{ code: '3.2', name: 'Doel' }] }],
};

export const PRICE_LIST = {
  name: 'Prijzen',
  editions: [
    {
      from: '2021-01-01',
      items: [{ service: 'a', name: 'A', unit: 'uur', price: '64.00', costBearer: 'gemeente' }],
    },
  ],
};
