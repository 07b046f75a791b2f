/**
 * Settings of a PostgreSQL while it is filled: it keeps nothing through a power failure. A fill that fails
 * is done again.
 */
export const FILLING = {
  ...{
    fsync: 'off',
    full_page_writes: 'off',
    wal_level: 'minimal',
    max_wal_senders: '0',
    max_wal_size: '16GB',
  },
  ...{ shared_buffers: '1GB', maintenance_work_mem: '512MB', autovacuum: 'off' },
};
