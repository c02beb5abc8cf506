import { pause, write } from './http.mjs';

/** Sends an answer as server-sent events, with the failure that was asked for. */
export async function streamAnswer(wire, answer, failure, msPerChunk, response) {
  response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-store', 'x-accel-buffering': 'no' });
  const wait = failure?.kind === 'slow' ? failure.msPerChunk : msPerChunk;
  for (const event of wire.opening(answer)) if (!(await write(response, event))) return;
  let sent = 0;
  for (const piece of piecesOf(answer.text)) {
    if (failure !== null && sent === failure.afterChunks && (await failHere(wire, answer, failure, response))) return;
    if (!(await write(response, wire.textChunk(answer, piece)))) return;
    sent++;
    if (wait > 0 && !(await pause(wait, response))) return;
  }
  if (failure !== null && (await failAtEnd(wire, answer, failure, sent, response))) return;
  for (const event of wire.closing(answer)) if (!(await write(response, event))) return;
  response.end();
}

/** Words with the spaces around them, so that the pieces joined give the text back. */
function piecesOf(text) {
  return text.match(/\s*\S+\s*/g) ?? [];
}

/** True when the response ends with this failure. */
async function failHere(wire, answer, failure, response) {
  switch (failure.kind) {
    case 'die':
      await letFlush();
      response.destroy();
      return true;
    case 'cut':
      response.end();
      return true;
    case 'stall':
      return true;
    case 'malformed':
      await write(response, wire.brokenChunk());
      return false;
    case 'error_chunk':
      await write(response, wire.errorChunk(answer, failure.message ?? 'The model backend failed.'));
      response.end();
      return true;
    default:
      return false;
  }
}

/** `afterChunks` beyond the text's end counts as "after the last chunk". */
async function failAtEnd(wire, answer, failure, sent, response) {
  if (failure.kind === 'huge_line') return writeHugeLine(failure.bytes, response);
  if (failure.kind === 'endless') return writeEndlessly(wire, answer, response);
  return failure.afterChunks >= sent ? failHere(wire, answer, failure, response) : false;
}

async function writeHugeLine(bytes, response) {
  const block = 'x'.repeat(64 * 1024);
  if (!(await write(response, 'data: {"choices":[{"index":0,"delta":{"content":"'))) return true;
  for (let sent = 0; sent < bytes; sent += block.length) if (!(await write(response, block))) return true;
  response.end('"}}]}\n\n');
  return true;
}

async function writeEndlessly(wire, answer, response) {
  const chunk = wire.textChunk(answer, 'and so on '.repeat(400));
  while (await write(response, chunk));
  return true;
}

/** Gives the chunks before a destroyed connection time to reach the client: a reset throws away what it has not read, also on a busy machine. */
function letFlush() {
  return new Promise((resolve) => setTimeout(resolve, 250));
}
