import { drained, type Output } from "./io.ts";

/** Writes text that ends its last line; nothing for no text. */
export function writeText(stream: Output, text: string): void {
  if (text !== "") stream.write(text.endsWith("\n") ? text : `${text}\n`);
}

const piecesAtOnce = 4096;

/** Writes pieces of a text, many at once; a stream that is full is waited for. */
async function writePieces(stream: Output, pieces: Iterable<string>): Promise<void> {
  let waiting: string[] = [];
  const flush = async (): Promise<void> => {
    const isFull = stream.write(waiting.join("")) === false;
    waiting = [];
    if (isFull) await drained(stream);
  };
  for (const piece of pieces) {
    if (waiting.push(piece) === piecesAtOnce) await flush();
  }
  if (waiting.length > 0) await flush();
}

function* lines(texts: Iterable<string>): Generator<string, void, undefined> {
  for (const text of texts) yield `${text}\n`;
}

/** Writes one line for each text; nothing holds them all. */
export function writeLines(stream: Output, texts: Iterable<string>): Promise<void> {
  return writePieces(stream, lines(texts));
}

function* jsonPieces(
  count: number,
  key: string,
  texts: Iterable<string>,
): Generator<string, void, undefined> {
  yield `{"count":${count},${JSON.stringify(key)}:[`;
  let isFirst = true;
  for (const text of texts) {
    yield isFirst ? JSON.stringify(text) : `,${JSON.stringify(text)}`;
    isFirst = false;
  }
  yield "]}\n";
}

/** Writes `{ "count": …, key: [texts] }` as one line of JSON; nothing holds them all. */
export function writeJsonList(
  stream: Output,
  count: number,
  key: string,
  texts: Iterable<string>,
): Promise<void> {
  return writePieces(stream, jsonPieces(count, key, texts));
}
