/** A thread does not inherit the loader that lets the main one read TypeScript. */
import { register } from 'tsx/esm/api';

register();
await import('./worker.ts');
