import { compile } from "../../compiler/index.ts";
import { Diagnosed } from "../diagnosed.ts";
import { readPolicyFiles } from "../files/policy-files.ts";
import { decodeText, readBytes, stdinName } from "../files/read-file.ts";
import type { Io } from "../io.ts";
import { Trouble } from "../trouble.ts";

/** The image that `--policy` names: one compiled `.bwi`, or policy files and folders compiled now. `-` may be either. */
export async function loadImage(paths: readonly string[], io: Io): Promise<Uint8Array> {
  const compiled = paths.find((path) => path.endsWith(".bwi"));
  if (compiled !== undefined) {
    if (paths.length === 1) return readBytes(compiled, io);
    throw new Trouble(
      "BWK463",
      `\`${compiled}\` is a compiled image and stands among other policy paths`,
      "give one image, or policy files and folders",
    );
  }
  if (paths.length === 1 && paths[0] === "-") {
    const bytes = await readBytes("-", io);
    if (new TextDecoder().decode(bytes.subarray(0, 4)) === "BWKI") return bytes;
    return compileOrThrow([{ name: stdinName, text: decodeText(bytes, stdinName) }]);
  }
  return compileOrThrow(await readPolicyFiles(paths, io));
}

function compileOrThrow(files: Parameters<typeof compile>[0]): Uint8Array {
  const { image, diagnostics } = compile(files);
  if (image === undefined) throw new Diagnosed(diagnostics);
  return image;
}
