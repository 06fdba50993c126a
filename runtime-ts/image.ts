import {
  IMAGE_BAD_ROW,
  IMAGE_CHECKSUM,
  IMAGE_NO_MEMORY,
  IMAGE_NOT_AN_IMAGE,
  IMAGE_OK,
  IMAGE_OTHER_LANGUAGE,
  IMAGE_OTHER_VERSION,
  IMAGE_TOO_SHORT,
  IMAGE_VERSION,
  IMAGE_WRONG_LENGTH,
  LANGUAGE_VERSION,
} from "../runtime-as/abi.ts";
import { BailiwickError } from "./errors.ts";
import { damaged, ImageReader } from "./image-reader.ts";
import type { Core } from "./instantiate.ts";
import type { Memory } from "./memory.ts";
import { describeValue } from "./quote.ts";

/** Section names for people, in the order of abi.ts. */
const sectionNames = [
  "names",
  "text",
  "settings",
  "entities",
  "attributes",
  "options",
  "privilege sets",
  "tasks",
  "roles",
  "planes",
  "guardrails",
  "guardrail lists",
  "guardrails of privileges",
  "open names",
  "business units",
  "users",
  "teams",
  "assignments",
  "members",
  "positions",
  "records",
  "shares",
  "values",
  "columns by owner",
  "columns",
  "code",
  "constants",
  "references",
  "patterns",
  "pieces of patterns",
  "programs",
  "conditional grants",
  "owner rules",
  "steps of owner rules",
  "masks",
  "instructions of masks",
  "characters of masks",
  "column profiles",
  "grants of column profiles",
  "members of column profiles",
  "shares of columns",
  "lines of grants",
];

const recompile = "compile the policy again";

function imageError(code: number, section: number): BailiwickError {
  switch (code) {
    case IMAGE_NOT_AN_IMAGE:
      return new BailiwickError(
        "BWK410",
        "this is not a Bailiwick image",
        "write one with `bailiwick compile`",
      );
    case IMAGE_OTHER_VERSION:
      return new BailiwickError(
        "BWK411",
        `the image has another format version than ${IMAGE_VERSION}, which this engine reads`,
        "compile the policy with the same release of Bailiwick",
      );
    case IMAGE_OTHER_LANGUAGE:
      return new BailiwickError(
        "BWK411",
        `the image has another language version than ${LANGUAGE_VERSION}, which this engine reads`,
        "compile the policy with the same release of Bailiwick",
      );
    case IMAGE_TOO_SHORT:
    case IMAGE_WRONG_LENGTH:
      return new BailiwickError("BWK412", "the image is truncated, or something follows it", recompile);
    case IMAGE_CHECKSUM:
      return new BailiwickError("BWK413", "the image is damaged: its checksum does not hold", recompile);
    case IMAGE_NO_MEMORY:
      return new BailiwickError("BWK414", "out of memory: the image does not fit", "load a smaller policy");
    case IMAGE_BAD_ROW:
      return damaged(`section ${sectionNames[section]} holds a row that points at nothing`);
    default:
      return damaged(`section ${sectionNames[section] ?? "table"} does not fit`);
  }
}

/** Copies the image into memory and has the core validate all of it. Throws BWK410 to BWK414. */
export function loadImage(core: Core, memory: Memory, image: Uint8Array): ImageReader {
  if (!(image instanceof Uint8Array)) {
    throw new BailiwickError("BWK410", `an image is a Uint8Array, not ${describeValue(image)}`);
  }
  const address = memory.allocate(image.length);
  memory.bytes.set(image, address);
  const code = core.loadImage(address, image.length);
  if (code !== IMAGE_OK) throw imageError(code, core.imageErrorSection() >>> 0);
  return new ImageReader(memory, address);
}
