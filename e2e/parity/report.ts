import type { ExecutionProvider } from '../../src/protocol/engine';

export interface ParityRequest {
  readonly provider: ExecutionProvider;
  readonly modelsUrl: string;
  /** Names of the cases of `encoder/parity.json` to run. */
  readonly texts: readonly string[];
}

/** What one device made of the known inputs. */
export interface DeviceReport {
  readonly provider: ExecutionProvider;
  readonly adapter: string | null;
  /** By case of `parity.json`: the largest difference to PyTorch over all outputs, relative to values of at least 1. */
  readonly routerErrors: Readonly<Record<string, number>>;
  readonly encoder: readonly { readonly name: string; readonly embedding: readonly number[]; /** To the full-precision embedding. */ readonly cosine: number }[];
}

export interface RouteReport {
  readonly device: ExecutionProvider;
  /** In the order of the pool. */
  readonly scores: readonly number[];
}

declare global {
  interface Window {
    parityPage: ParityPage;
  }
}

/** What the page offers to the test. */
export interface ParityPage {
  parity(request: Omit<ParityRequest, 'modelsUrl'>): Promise<DeviceReport>;
  route(device: ExecutionProvider, prompt: string): Promise<RouteReport>;
}
