import { describe, expect, it } from 'vitest';
import { changedArtifacts, findArtifact, findByName, outdatedKeys, splitManifest } from './artifacts';

const SCOPE = 'https://host.example/tacit/sw.js';
const BUILD = [
  { url: 'index.html', revision: 'a1' },
  { url: 'assets/index-Bx12_-9z.js', revision: null },
  { url: 'assets/ort-wasm-simd-threaded.jspi-Bx12_-9z.mjs', revision: null },
  { url: 'assets/ort-wasm-simd-threaded.jspi-Q1w2e3r4.wasm', revision: null },
  { url: 'models/manifest.json', revision: 'm1' },
  { url: 'models/fingerprints.json', revision: 'f1' },
  { url: 'models/router.onnx', revision: 'r1' },
  { url: 'models/encoder/tokenizer.json', revision: 't1' },
  { url: 'models/encoder/onnx/model_quantized.onnx', revision: 'e1' },
];

const { shell, artifacts } = splitManifest(BUILD, SCOPE);

describe('the build list', () => {
  it('puts code and contract into the shell, weights and wasm beside it', () => {
    expect(shell.map((entry) => entry.url)).toEqual([
      'index.html',
      'assets/index-Bx12_-9z.js',
      'assets/ort-wasm-simd-threaded.jspi-Bx12_-9z.mjs',
      'models/manifest.json',
      'models/fingerprints.json',
    ]);
    expect(artifacts.map((artifact) => artifact.family)).toEqual([
      'assets/ort-wasm-simd-threaded.jspi.wasm',
      'models/router.onnx',
      'models/encoder/tokenizer.json',
      'models/encoder/onnx/model_quantized.onnx',
    ]);
  });

  it('keys each artifact by its content', () => {
    expect(artifacts[0]?.cacheKey).toBe('https://host.example/tacit/assets/ort-wasm-simd-threaded.jspi-Q1w2e3r4.wasm');
    expect(artifacts[1]?.cacheKey).toBe('https://host.example/tacit/models/router.onnx?revision=r1');
  });

  it('finds an artifact whatever the query, and nothing else', () => {
    expect(findArtifact(artifacts, 'https://host.example/tacit/models/router.onnx?sha256=x#y')?.family).toBe('models/router.onnx');
    expect(findArtifact(artifacts, 'https://other.example/tacit/models/router.onnx')).toBeNull();
    expect(findArtifact(artifacts, 'https://host.example/models/router.onnx')).toBeNull();
  });

  it('finds an artifact by a name without hash', () => {
    expect(findByName(artifacts, 'ort-wasm-simd-threaded.jspi.wasm')?.url).toContain('Q1w2e3r4');
    expect(findByName(artifacts, 'models/router.onnx')?.family).toBe('models/router.onnx');
    expect(findByName(artifacts, 'outer.onnx')).toBeNull();
  });
});

describe('an update', () => {
  const next = splitManifest(
    [
      { url: 'assets/ort-wasm-simd-threaded.jspi-NEWHASH1.wasm', revision: null },
      { url: 'models/router.onnx', revision: 'r2' },
      { url: 'models/encoder/tokenizer.json', revision: 't1' },
      { url: 'models/encoder/onnx/model_q4.onnx', revision: 'q1' },
    ],
    SCOPE,
  ).artifacts;
  const cached = artifacts.slice(0, 3).map((artifact) => artifact.cacheKey);

  it('fetches again only what was there in other content', () => {
    expect(changedArtifacts(next, cached, SCOPE).map((artifact) => artifact.cacheKey)).toEqual([
      'https://host.example/tacit/assets/ort-wasm-simd-threaded.jspi-NEWHASH1.wasm',
      'https://host.example/tacit/models/router.onnx?revision=r2',
    ]);
    expect(changedArtifacts(next, [], SCOPE)).toEqual([]);
  });

  it('drops what no file of the new version is', () => {
    expect(outdatedKeys(next, cached)).toEqual([artifacts[0]?.cacheKey, artifacts[1]?.cacheKey]);
  });
});
