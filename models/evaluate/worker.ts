import { parentPort, workerData } from 'node:worker_threads';
import { runJob } from './jobs';
import type { Answer, CrewOptions, Order } from './parallel';
import { openWorkbench } from './workbench';

const options = workerData as CrewOptions;
const bench = openWorkbench(options.data, options.models);

function answer(message: Answer): void {
  parentPort?.postMessage(message);
}

parentPort?.on('message', ({ id, kind, job }: Order) => {
  bench
    .then((opened) => runJob(opened, kind, job, (done) => answer({ id, state: 'progress', done })))
    .then((result) => answer({ id, state: 'done', result }))
    .catch((error: unknown) => answer({ id, state: 'failed', message: error instanceof Error ? error.message : String(error), stack: (error instanceof Error && error.stack) || '' }));
});
