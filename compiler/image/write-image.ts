import * as abi from "../../runtime-as/abi.ts";
import { typedConditions } from "../expressions/index.ts";
import type { OpenName, Policy, World } from "../model/model.ts";
import { buildTables } from "../tables/index.ts";
import { checksum } from "./checksum.ts";
import { addPolicy } from "./policy-sections.ts";
import { rowWords, Sections } from "./sections.ts";
import { addColumnProfiles, addColumnShares } from "./secured-sections.ts";
import { addWorld } from "./world-sections.ts";

const align = (offset: number): number => (offset + 15) & ~15;

/** The decision image of a policy and the people, places and records declared with it (docs/image-format.md). */
export function writeImage(
  policy: Policy,
  world: World,
  openNames: readonly OpenName[],
): Uint8Array<ArrayBuffer> {
  const sections = new Sections();
  addPolicy(policy, buildTables(policy, typedConditions(policy)), openNames, sections);
  addWorld(world, sections);
  addColumnProfiles(policy, world, sections);
  addColumnShares(policy, world, sections);
  const text = sections.text();

  const byteLength = (section: number): number =>
    section === abi.SECTION_TEXT ? text.length : (sections.words[section] as number[]).length * 4;
  const places: { offset: number; bytes: number; rows: number }[] = [];
  let end = align(abi.HEADER_SIZE + abi.SECTION_COUNT * abi.SECTION_ENTRY_BYTES);
  for (let section = 0; section < abi.SECTION_COUNT; section++) {
    const bytes = byteLength(section);
    places.push({ offset: end, bytes, rows: bytes / ((rowWords[section] ?? 0) * 4 || 1) });
    end = align(end + bytes);
  }

  const image = new Uint8Array(end);
  const view = new DataView(image.buffer);
  const write = (offset: number, value: number) => view.setUint32(offset, value, true);
  write(abi.HEADER_MAGIC, abi.IMAGE_MAGIC);
  write(abi.HEADER_VERSION, abi.IMAGE_VERSION);
  write(abi.HEADER_LANGUAGE, abi.LANGUAGE_VERSION);
  write(abi.HEADER_BYTES, end);
  write(abi.HEADER_SECTIONS, abi.SECTION_COUNT);
  places.forEach(({ offset, bytes, rows }, section) => {
    const entry = abi.HEADER_SIZE + section * abi.SECTION_ENTRY_BYTES;
    write(entry, offset);
    write(entry + 4, bytes);
    write(entry + 8, rows);
    if (section === abi.SECTION_TEXT) image.set(text, offset);
    else {
      (sections.words[section] as number[]).forEach((word, i) => {
        write(offset + i * 4, word);
      });
    }
  });
  write(abi.HEADER_CHECKSUM, checksum(new Uint32Array(image.buffer, abi.HEADER_SECTIONS)));
  return image;
}
