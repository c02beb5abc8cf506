import { plainEncoder, threadsHere } from './plain';

/** Library and model are loaded and one sentence is encoded; nothing else. The mark in the page is what the benchmark waits for. */
async function start(): Promise<void> {
  const encode = await plainEncoder(threadsHere());
  await encode('What should I cook tonight with rice and eggs?');
  document.body.append(Object.assign(document.createElement('p'), { id: 'encoded', textContent: 'Encoded.' }));
}

void start();
