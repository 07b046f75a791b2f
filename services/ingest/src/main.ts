import { runService } from '@effectstroom/runtime';
import { configSchema } from './config.ts';
import { startIngest } from './ingest.ts';

await runService(
  {
    name: 'ingest',
    description: 'takes case events and settings, checks them and publishes them to the stream',
    configSchema,
    start: startIngest,
  },
  process.argv.slice(2),
  process.env,
);
