import { throwIfCancelled } from '../protocol/failure';

/**
 * Runs jobs one after another, first come first served. A job that fails rejects its own promise and nobody else's. A job whose
 * signal fires while it waits is never started; one that has started runs to its end, since ONNX Runtime cannot be interrupted.
 */
export class SerialQueue {
  private tail: Promise<unknown> = Promise.resolve();
  private waiting = 0;

  get idle(): boolean {
    return this.waiting === 0;
  }

  run<Value>(job: () => Promise<Value>, signal?: AbortSignal): Promise<Value> {
    this.waiting += 1;
    const outcome = this.tail.then(() => {
      if (signal !== undefined) throwIfCancelled(signal);
      return job();
    });
    this.tail = outcome.catch(() => undefined).finally(() => (this.waiting -= 1));
    return outcome;
  }
}
