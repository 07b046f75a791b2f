/** What makes several nats-servers one: they keep the streams together, so that any one of three may be lost. */

/** One server of a cluster. All of them have the same password: give each folder the same `password` file. */
export type NatsMember = {
  /** Of this server, unlike those of the others. */
  name: string;
  /** Where the others reach this one. */
  port: number;
  /** Where this one reaches the others, `host:port`. */
  others: readonly string[];
};

/** As the clients': a server of another cluster must not join by mistake. */
export type ClusterKey = { user: string; password: string };

/** The part of the server's configuration that is about the others; its strings are written as JSON. */
export function clusterConfiguration(host: string, { port, others }: NatsMember, key: ClusterKey): string {
  const { user, password } = key;
  const routes = others.map((place) => `nats-route://${user}:${password}@${place}`);
  return `cluster {
  name: ${JSON.stringify(user)}
  listen: ${JSON.stringify(`${host}:${port}`)}
  authorization { user: ${JSON.stringify(user)}, password: ${JSON.stringify(password)}, timeout: 2 }
  routes: ${JSON.stringify(routes)}
}
`;
}
