import type { Dashboard } from '@grafana/grafana-foundation-sdk/dashboard';
import { MEASURED } from '../basis.ts';
import { board } from '../board.ts';
import { type LinesLook, overTime } from '../panels/lines.ts';
import { tile } from '../panels/tile.ts';
import { history, now } from '../queries.ts';
import { COUNT, DAYS, MEGABYTES, MILLISECONDS, PER_SECOND, SECONDS, type Unit } from '../units.ts';

const INTRODUCTION =
  '**Voor beheerders: loopt de verwerking, en hoe snel?**\n\n' +
  'Van aanlevering tot cijfer: wat er wacht, hoeveel er verwerkt wordt, hoe oud de cijfers zijn en wat er ' +
  'misgaat. Alles hier meet de exporter; is hij weg, dan is dit bord leeg. De waarschuwingen in ' +
  'Prometheus zeggen wat te doen is.';

type Look = {
  unit: Unit;
  attention?: { from: number; fine: string };
  words?: Readonly<Record<string, string>>;
};

function figure(title: string, says: string, expression: string, look: Look) {
  return tile({ title, says, basis: MEASURED }, now(expression), look);
}

const AGE = 'time() - effectstroom_known_timestamp_seconds';

function tiles() {
  return [
    figure(
      'Wacht op verwerking',
      'Berichten die nog niet in de cijfers zitten. Gewijzigde instellingen tellen mee tot alles ' +
        'opnieuw gewaardeerd is.',
      'effectstroom_pending_messages',
      { unit: COUNT, attention: { from: 1_000, fine: 'niets' } },
    ),
    figure('Achterstand', 'Hoe lang geleden alles wat bekend was, verwerkt was.', `round(${AGE})`, {
      unit: SECONDS,
      attention: { from: 300, fine: '0 s' },
    }),
    figure('Stroom bereikbaar', 'Of JetStream antwoordt.', 'effectstroom_stream_reachable', {
      unit: COUNT,
      words: { '0': 'nee', '1': 'ja' },
    }),
    figure(
      'Laatste verversing',
      'Of de exporter bij de laatste verversing alles kon lezen.',
      'effectstroom_refresh_success',
      {
        unit: COUNT,
        words: { '0': 'mislukt', '1': 'gelukt' },
      },
    ),
    figure(
      'Leeftijd van de meting',
      'Hoe oud de cijfers van de exporter zijn. Mislukt een verversing, dan blijven de laatste goede ' +
        'cijfers staan.',
      'round(time() - effectstroom_refresh_timestamp_seconds)',
      { unit: SECONDS, attention: { from: 300, fine: '0 s' } },
    ),
    figure(
      'Fouten bij de controle',
      'Fouten die de nachtelijke controle van grootboek, totalen en berichten vond. Meer dan 0 mag nooit.',
      'effectstroom_invariant_drift',
      { unit: COUNT, attention: { from: 1, fine: 'geen' } },
    ),
  ];
}

function line(
  title: string,
  says: string,
  series: readonly [expression: string, name: string][],
  look: LinesLook,
) {
  const queries = series.map(([expression, name], place) =>
    history(expression, name, String.fromCharCode('A'.charCodeAt(0) + place)),
  );
  return overTime({ title, says, basis: MEASURED }, queries, look);
}

function flow() {
  return [
    line(
      'Wachtrij in de tijd',
      'Loopt dit op, dan komt er meer binnen dan de calculator verwerkt.',
      [
        ['effectstroom_pending_messages', 'berichten'],
        ['effectstroom_revaluation_cases_done', 'casussen opnieuw gewaardeerd'],
      ],
      { unit: COUNT },
    ),
    line(
      'Doorvoer',
      'Berichten per seconde: wat binnenkwam en wat verwerkt werd.',
      [
        ['clamp_min(deriv(effectstroom_stream_last_sequence[$__rate_interval]), 0)', 'binnengekomen'],
        ['clamp_min(deriv(effectstroom_applied_sequence[$__rate_interval]), 0)', 'verwerkt'],
      ],
      { unit: PER_SECOND },
    ),
    line(
      'Achterstand in de tijd',
      'Hoe lang geleden alles wat bekend was, verwerkt was.',
      [
        [AGE, 'verwerkt tot'],
        ['time() - effectstroom_refresh_timestamp_seconds', 'meting van de exporter'],
      ],
      { unit: SECONDS },
    ),
    line(
      'Duur van een verversing',
      'Hoe lang de exporter over elk onderwerp doet.',
      [['1000 * effectstroom_collector_duration_seconds', '{{collector}}']],
      { unit: MILLISECONDS },
    ),
  ];
}

function faults() {
  return [
    line(
      'Mislukt',
      'Verversingen en onderwerpen die mislukten, en onderwerpen die zijn afgekapt omdat er te veel ' +
        'reeksen zijn.',
      [
        ['increase(effectstroom_refresh_failures_total[$__rate_interval])', 'verversingen mislukt'],
        ['count(effectstroom_collector_success == 0) or vector(0)', 'onderwerpen mislukt'],
        ['sum(effectstroom_collector_cut)', 'onderwerpen afgekapt'],
      ],
      { unit: COUNT },
    ),
    line(
      'Telt niet mee',
      'Berichten in quarantaine naar reden, en berichten die niemand kan lezen.',
      [
        ['sum by (reason) (effectstroom_quarantined_events)', '{{reason}}'],
        ['effectstroom_unreadable_messages', 'onleesbare berichten'],
      ],
      { unit: COUNT },
    ),
    line(
      'Geweigerd bij aanlevering, 90 dagen',
      'Berichten en rijen die ingest weigerde, naar organisatie.',
      [['sum by (organisation) (effectstroom_delivery_refused)', '{{organisation}}']],
      { unit: COUNT },
    ),
    line(
      'Bronnen te laat',
      'Bronnen waarvan de laatste termijn voorbij is zonder levering.',
      [['sum by (organisation) (effectstroom_delivery_overdue)', '{{organisation}}']],
      { unit: COUNT },
    ),
  ];
}

function resources() {
  const days = (metric: string) => `(${metric} - time()) / 86400`;
  return [
    line(
      'Geheugen en processor van de exporter',
      'Geheugen in MB, en procent van één processorkern.',
      [
        ['process_resident_memory_bytes{job="effectstroom"} / 1000000', 'geheugen (MB)'],
        ['100 * rate(process_cpu_seconds_total{job="effectstroom"}[$__rate_interval])', 'processor (%)'],
      ],
      { unit: { ...MEGABYTES, unit: 'locale' } },
    ),
    line(
      'Sleutels en certificaten verlopen',
      'Dagen tot een sleutel of certificaat verloopt. Onder 0 werkt het niet meer.',
      [
        [days('effectstroom_key_expiry_timestamp_seconds'), 'sleutel {{key}}'],
        [days('effectstroom_certificate_expiry_timestamp_seconds'), 'certificaat {{certificate}}'],
      ],
      { unit: DAYS },
    ),
  ];
}

/** For those who run it: lag, throughput, latency, faults. */
export function pipeline(): Dashboard {
  return board({
    name: 'pijplijn',
    title: 'Pijplijn',
    introduction: INTRODUCTION,
    variables: [],
    time: { from: 'now-6h', refresh: '1m' },
    isAboutData: true,
    sections: [
      { title: 'Nu', panels: tiles() },
      { title: 'Doorvoer en achterstand', panels: flow() },
      { title: 'Fouten', panels: faults() },
      { title: 'Exporter en geldigheid', panels: resources() },
    ],
  });
}
