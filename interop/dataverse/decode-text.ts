import { ImportError } from "./errors.ts";

/** Encodings that a declaration may name although the bytes are plain UTF-8 (.NET writes `utf-16` into UTF-8 files). */
const wide = /^(?:utf-?16|ucs-?2|iso-10646-ucs-2)/i;

/**
 * The text of an XML file, without its byte order mark. The mark decides, then the shape of the first bytes, then the
 * encoding named in the declaration, then UTF-8. Bytes that do not follow the encoding are ImportError BWK458: a
 * replacement character in a role's name would be a silent wrong answer.
 */
export function decodeText(path: string, bytes: Uint8Array): string {
  const encoding = encodingOf(bytes);
  let decoder: TextDecoder;
  try {
    decoder = new TextDecoder(encoding, { fatal: true });
  } catch {
    throw new ImportError(
      "BWK458",
      `\`${path}\` is declared to be in the encoding \`${encoding}\`, which is not known here`,
      "save it as UTF-8",
    );
  }
  try {
    return decoder.decode(bytes);
  } catch {
    throw new ImportError(
      "BWK458",
      `\`${path}\` is not valid ${encoding.toUpperCase()}: expected XML text`,
      "export the solution again, or save the file as UTF-8",
    );
  }
}

function encodingOf(bytes: Uint8Array): string {
  const [a, b, c, d] = bytes;
  if (a === 0xef && b === 0xbb && c === 0xbf) return "utf-8";
  if (a === 0xff && b === 0xfe) return "utf-16le";
  if (a === 0xfe && b === 0xff) return "utf-16be";
  if (a === 0x3c && b === 0 && d === 0) return "utf-16le";
  if (a === 0 && b === 0x3c && c === 0) return "utf-16be";
  const head = String.fromCharCode(...bytes.subarray(0, 200));
  const declared = /^\s*<\?xml[^>]*?\bencoding\s*=\s*["']([A-Za-z0-9._-]+)["']/.exec(head)?.[1];
  return declared === undefined || wide.test(declared) ? "utf-8" : declared.toLowerCase();
}
