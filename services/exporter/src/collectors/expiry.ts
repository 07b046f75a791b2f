import { defineCollector } from '../collector.ts';

/** What stops working at a moment that is known. */
export const expiry = defineCollector({
  subject: 'expiry',
  gauges: {
    effectstroom_key_expiry_timestamp_seconds: {
      help:
        'Moment at which the key of this id expires. Absent for keys that never expire, that were revoked ' +
        'or that expired more than seven days ago, and while the keys cannot be read. Source: bucket of ' +
        'keys.',
      labels: ['key'],
    },
    effectstroom_certificate_expiry_timestamp_seconds: {
      help:
        'Moment at which the first certificate in the file expires. Absent where it cannot be read. ' +
        'Source: the files of CERTIFICATE_FILES.',
      labels: ['certificate'],
    },
    effectstroom_certificate_readable: {
      help:
        '1 where the file holds certificates that can be read, 0 where not. Source: the files of ' +
        'CERTIFICATE_FILES.',
      labels: ['certificate'],
    },
  },
  async read({ keys, certificates }) {
    return {
      effectstroom_key_expiry_timestamp_seconds: (keys ?? []).map(({ id, expiresAt }) => ({
        labels: { key: id },
        value: expiresAt.getTime() / 1000,
      })),
      effectstroom_certificate_expiry_timestamp_seconds: certificates.flatMap(({ file, expiresAt }) =>
        expiresAt ? [{ labels: { certificate: file }, value: expiresAt.getTime() / 1000 }] : [],
      ),
      effectstroom_certificate_readable: certificates.map(({ file, expiresAt }) => ({
        labels: { certificate: file },
        value: expiresAt ? 1 : 0,
      })),
    };
  },
});
