import { decodeText } from "./decode-text.ts";
import { ImportError } from "./errors.ts";
import { child, childrenOf, childText, parseXml, rootName, type XmlElement } from "./parse-xml.ts";
import { readProfile, readRelationship, readRole, readTable } from "./read-elements.ts";
import type { InputFile } from "./read-zip.ts";
import type { Contents, SolutionManifest } from "./solution.ts";

/** Root elements that say something about security; every other XML file of a solution is left unread. */
const roots: ReadonlySet<string> = new Set([
  "ImportExportXml",
  "Roles",
  "Role",
  "Entities",
  "Entity",
  "EntityRelationships",
  "FieldSecurityProfiles",
]);

/** Files at these places must be readable: one that is empty or no XML is an error, not something to pass over. */
const expected =
  /(?:^|\/)(?:customizations\.xml|solution\.xml|roles\/[^/]+\.xml|entities\/[^/]+\/entity\.xml|relationships\/[^/]+\.xml|fieldsecurityprofiles\.xml)$/i;

/**
 * Everything that the files say about roles, tables, relationships and column profiles. What a file is, is told by its
 * root element, so folders may be arranged as one likes.
 * @throws ImportError BWK451 when nothing of a solution is among the files; BWK452, 453, 454, 458, 459 for a bad one
 */
export function readContents(files: readonly InputFile[]): Contents {
  const contents: Contents = {
    solutions: [],
    roles: [],
    tables: [],
    relationships: [],
    profiles: [],
    foreign: [],
  };
  for (const { path, bytes } of [...files].sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0))) {
    const must = expected.test(path) || files.length === 1;
    if (files.length === 1 && !/\.xml$/i.test(path) && !headOf(bytes).trimStart().startsWith("<")) {
      throw notASolution([`\`${path}\` is neither a zip nor XML`]);
    }
    // The root element is looked at first: a repository may hold thousands of XML files that are none of ours.
    if (!must && !roots.has(rootName(headOf(bytes)) ?? "")) continue;
    const text = decodeText(path, bytes);
    const root = rootName(text);
    if (root !== undefined && !roots.has(root)) {
      if (files.length === 1) throw notASolution([`\`${path}\` begins with <${root}>`]);
      contents.foreign.push({ file: path, root });
      continue;
    }
    take(path, parseXml(path, text), contents);
  }
  const { roles, tables, relationships, profiles, solutions } = contents;
  if (roles.length + tables.length + relationships.length + profiles.length === 0) {
    throw notASolution(
      solutions.length > 0
        ? [
            `the solution \`${solutions.map(({ uniqueName }) => uniqueName).join("`, `")}\` has no roles, tables, relationships or column profiles`,
          ]
        : [`${files.length === 0 ? "no" : files.length} XML file${files.length === 1 ? "" : "s"} seen`],
    );
  }
  return contents;
}

function notASolution(seen: readonly string[]): ImportError {
  return new ImportError(
    "BWK451",
    `nothing of a Dataverse solution was found (${seen.join("; ")}): looked for customizations.xml, Roles/*.xml, Entities/*/Entity.xml, Other/Relationships/*.xml and Other/FieldSecurityProfiles.xml`,
    "name the folder that `pac solution unpack` wrote, a solution zip, or a customizations.xml",
  );
}

/** The beginning of a file as ASCII, enough to find its root element in every encoding that solutions come in. */
function headOf(bytes: Uint8Array): string {
  let head = "";
  for (const byte of bytes.subarray(0, 8192)) if (byte > 0 && byte < 0x80) head += String.fromCharCode(byte);
  return head;
}

function take(file: string, root: XmlElement, contents: Contents): void {
  switch (root.name) {
    case "ImportExportXml": {
      const manifest = readManifest(file, root);
      if (manifest !== undefined) contents.solutions.push(manifest);
      // Exactly these paths: forms and apps have elements called `Role` too.
      for (const name of ["Roles", "Entities", "EntityRelationships", "FieldSecurityProfiles"]) {
        for (const group of childrenOf(root, name)) take(file, group, contents);
      }
      break;
    }
    case "Roles":
      for (const each of childrenOf(root, "Role")) take(file, each, contents);
      break;
    case "Role":
      contents.roles.push(readRole(file, root));
      break;
    case "Entities":
      for (const each of childrenOf(root, "Entity")) take(file, each, contents);
      break;
    case "Entity":
      contents.tables.push(readTable(file, root));
      break;
    case "EntityRelationships":
      for (const each of childrenOf(root, "EntityRelationship")) {
        const relationship = readRelationship(file, each);
        if (relationship !== undefined) contents.relationships.push(relationship);
      }
      break;
    case "FieldSecurityProfiles":
      for (const each of childrenOf(root, "FieldSecurityProfile")) {
        contents.profiles.push(readProfile(file, each));
      }
      break;
    default:
      break;
  }
}

function readManifest(file: string, root: XmlElement): SolutionManifest | undefined {
  const manifest = child(root, "SolutionManifest");
  const uniqueName = childText(manifest, "UniqueName");
  if (uniqueName === undefined) return undefined;
  // The manifest lies in the solution's root, or in its folder `Other`.
  const folder = file.replace(/[^/]*$/, "").replace(/(^|\/)other\/$/i, "$1");
  return { file, root: folder, uniqueName, version: childText(manifest, "Version") };
}
