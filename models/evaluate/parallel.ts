import { Worker } from 'node:worker_threads';
import type { JobKind, JobResults, Jobs } from './jobs';
import { runJob } from './jobs';
import { openWorkbench, type Workbench } from './workbench';

/** Runs jobs: here, or on threads that each hold the data and the models. */
export interface Crew {
  readonly threads: number;
  run<Kind extends JobKind>(kind: Kind, job: Jobs[Kind], report?: (done: number) => void): Promise<JobResults[Kind]>;
  close(): Promise<void>;
}

export interface CrewOptions {
  readonly data: string;
  readonly models: string;
}

/** What a thread is asked and what it says. */
export interface Order {
  readonly id: number;
  readonly kind: JobKind;
  readonly job: Jobs[JobKind];
}
export type Answer =
  | { readonly id: number; readonly state: 'progress'; readonly done: number }
  | { readonly id: number; readonly state: 'done'; readonly result: JobResults[JobKind] }
  | { readonly id: number; readonly state: 'failed'; readonly message: string; readonly stack: string };

/** Everything in this thread: for tests, and for one core. */
export function soloCrew(bench: Workbench): Crew {
  return {
    threads: 1,
    run: (kind, job, report) => runJob(bench, kind, job, report ?? (() => undefined)),
    close: () => Promise.resolve(),
  };
}

export async function openCrew(options: CrewOptions, threads: number): Promise<Crew> {
  if (threads <= 1) return soloCrew(await openWorkbench(options.data, options.models));
  const members = Array.from({ length: threads }, () => new Member(options));
  const idle = [...members];
  const waiting: ((member: Member) => void)[] = [];
  const release = (member: Member) => {
    const next = waiting.shift();
    if (next) next(member);
    else idle.push(member);
  };
  return {
    threads,
    async run(kind, job, report) {
      const member = idle.pop() ?? (await new Promise<Member>((resolve) => waiting.push(resolve)));
      try {
        return await member.run(kind, job, report ?? (() => undefined));
      } finally {
        release(member);
      }
    },
    async close() {
      await Promise.all(members.map((member) => member.stop()));
    },
  };
}

interface Pending {
  readonly report: (done: number) => void;
  readonly resolve: (result: JobResults[JobKind]) => void;
  readonly reject: (error: Error) => void;
}

/** One thread; it does one job at a time. */
class Member {
  private readonly worker: Worker;
  private readonly pending = new Map<number, Pending>();
  private nextId = 0;

  constructor(options: CrewOptions) {
    this.worker = new Worker(new URL('./worker-entry.mjs', import.meta.url), { workerData: options });
    this.worker.on('message', (answer: Answer) => this.hear(answer));
    this.worker.on('error', (error) => this.fail(error instanceof Error ? error : new Error(String(error))));
    this.worker.on('exit', (code) => this.fail(new Error(`a thread of the benchmark ended with code ${code}`)));
  }

  private hear(answer: Answer): void {
    const entry = this.pending.get(answer.id);
    if (!entry) return;
    if (answer.state === 'progress') return entry.report(answer.done);
    this.pending.delete(answer.id);
    if (answer.state === 'done') entry.resolve(answer.result);
    else entry.reject(Object.assign(new Error(answer.message), { stack: answer.stack }));
  }

  private fail(error: Error): void {
    for (const { reject } of this.pending.values()) reject(error);
    this.pending.clear();
  }

  run<Kind extends JobKind>(kind: Kind, job: Jobs[Kind], report: (done: number) => void): Promise<JobResults[Kind]> {
    const id = this.nextId++;
    return new Promise<JobResults[Kind]>((resolve, reject) => {
      // The thread answers an order of this kind with a result of this kind: it calls the same `runJob`.
      this.pending.set(id, { report, resolve: (result) => resolve(result as JobResults[Kind]), reject });
      this.worker.postMessage({ id, kind, job } satisfies Order);
    });
  }

  async stop(): Promise<void> {
    this.worker.removeAllListeners('exit');
    await this.worker.terminate();
  }
}
