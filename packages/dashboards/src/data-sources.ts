/** The two data sources, by the fixed uids that infra/grafana/provisioning gives them. */
export const DATABASE = { type: 'grafana-postgresql-datasource', uid: 'effectstroom-database' } as const;
export const METRICS = { type: 'prometheus', uid: 'effectstroom-prometheus' } as const;
