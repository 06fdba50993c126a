// Owner rules (`owner of X is …`) on their way from the source into the runtime's policy.
import { expect, test } from "vitest";
import { checksum } from "../../compiler/image/index.ts";
import * as abi from "../../runtime-as/abi.ts";
import { loadImage } from "../../runtime-ts/image.ts";
import { BailiwickError, Engine } from "../../runtime-ts/index.ts";
import { instantiate } from "../../runtime-ts/instantiate.ts";
import { Memory } from "../../runtime-ts/memory.ts";
import { readPolicy } from "../../runtime-ts/policy.ts";
import { imageOf } from "./load.ts";

const source = `
  organization Root;
  user alice in Root; team EU in Root;
  entity Country owned by organization { name: String, owningTeam?: Team }
  entity Account owned by user or team { country: Country, chief?: User }
  entity Contact owned by user or team { account: Account }
  entity Lead owned by user or team { name?: String }
  entity Deal owned by user or team { account: Account }
  entity Case owned by user or team { account: Account }
  entity Note owned by user or team { text: String }
  entity Free owned by user or team { text: String }
  owner of Account is resource.country.owningTeam;
  owner of Contact is resource.account.owner;
  owner of Case is resource.account.chief;
  owner of Lead is creator;
  owner of Deal is Team::"EU";
  owner of Note is alice;
`;
const image = imageOf(source);

test("every form of a rule arrives, by entity; what has no rule has none", () => {
  const core = instantiate("plain");
  const policy = readPolicy(loadImage(core, new Memory(core), image));
  const rules = Object.fromEntries(
    policy.entities.map(({ name }, entity) => [name, policy.ownerRules.get(entity)] as const),
  );
  const entity = (name: string) => policy.entityNumbers.get(name) as number;
  const step = (of: string, name: string) => ({
    entity: entity(of),
    attribute: policy.entities[entity(of)]?.attributes.get(name),
  });
  expect(rules).toEqual({
    Country: undefined,
    Account: { kind: "path", steps: [step("Account", "country"), step("Country", "owningTeam")] },
    Contact: {
      kind: "path",
      steps: [step("Contact", "account"), { entity: entity("Account"), attribute: undefined }],
    },
    Case: { kind: "path", steps: [step("Case", "account"), step("Account", "chief")] },
    Lead: { kind: "creator" },
    Deal: { kind: "team", name: "EU" },
    Note: { kind: "user", name: "alice" },
    Free: undefined,
  });
});

/** The image with one word of a section changed and its checksum made right again. */
function changed(section: number, word: number, value: number): Uint8Array {
  const copy = image.slice();
  const words = new Uint32Array(copy.buffer);
  const entry = (abi.HEADER_SIZE + section * abi.SECTION_ENTRY_BYTES) / 4;
  words[(words[entry] as number) / 4 + word] = value;
  words[abi.HEADER_CHECKSUM / 4] = checksum(words.subarray(abi.HEADER_SECTIONS / 4));
  return copy;
}

const rule = (row: number, column: number) => row * abi.OWNER_RULE_WORDS + column;

test.each([
  ["an unknown entity", abi.SECTION_OWNER_RULES, rule(0, abi.OWNER_RULE_ENTITY), 99],
  ["an entity without owners", abi.SECTION_OWNER_RULES, rule(0, abi.OWNER_RULE_ENTITY), 0],
  ["two rules of one entity", abi.SECTION_OWNER_RULES, rule(0, abi.OWNER_RULE_ENTITY), 2],
  ["an unknown kind", abi.SECTION_OWNER_RULES, rule(0, abi.OWNER_RULE_KIND), 4],
  ["a creator with a path", abi.SECTION_OWNER_RULES, rule(0, abi.OWNER_RULE_KIND), abi.OWNER_CREATOR],
  ["a path without steps", abi.SECTION_OWNER_RULES, rule(0, abi.OWNER_RULE_STEPS), 0],
  ["a path that ends in a country", abi.SECTION_OWNER_RULES, rule(0, abi.OWNER_RULE_STEPS), 1],
  ["a path beyond its end", abi.SECTION_OWNER_RULES, rule(0, abi.OWNER_RULE_STEPS), 3],
  ["steps outside of their section", abi.SECTION_OWNER_RULES, rule(0, abi.OWNER_RULE_FIRST_STEP), 99],
  ["a path with a principal", abi.SECTION_OWNER_RULES, rule(0, abi.OWNER_RULE_PRINCIPAL), 0],
  ["a team without a name", abi.SECTION_OWNER_RULES, rule(4, abi.OWNER_RULE_PRINCIPAL), abi.NONE],
  ["a step that is no attribute", abi.SECTION_OWNER_STEPS, 0, 0],
  ["a step without a name", abi.SECTION_OWNER_STEPS, 0, abi.NONE],
])("%s is a damaged image", (_, section, word, value) => {
  expect(() => Engine.load(changed(section, word, value))).toThrow(BailiwickError);
  expect(() => Engine.load(changed(section, word, value))).toThrow(/the image is damaged/);
});
