// XML in, plain trees out. The parser is fast-xml-parser with everything switched off that a hostile file could use:
// a document type is refused before it is looked at, entities are the five of XML and character references, nothing is
// fetched, nesting is bounded. Decision 0003 says why this parser.
import { XMLParser, XMLValidator } from "fast-xml-parser";
import { ImportError } from "./errors.ts";
import { limits } from "./limits.ts";

/** An element: its attributes, its text, and its child elements by name, in their order. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly text: string;
  readonly children: readonly XmlElement[];
}

type Node = Record<string, unknown>;

/** Characters that XML 1.0 does not have (its production 2). */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const notXml = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/;

const named: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

/**
 * The bulk of a packed customizations.xml, dropped while it is read. Forms hold elements called `Role` that are no
 * security roles, so leaving them out is also a safeguard.
 */
const irrelevant: ReadonlySet<string> = new Set([
  "FormXml",
  "SavedQueries",
  "RibbonDiffXml",
  "Visualizations",
  "WebResources",
  "Workflows",
  "AppModules",
  "AppModuleSiteMaps",
  "SiteMap",
  "Dashboards",
]);

/**
 * The root element of an XML text. `path` is for messages only.
 * @throws ImportError BWK452 (malformed, empty), BWK453 (document type, unknown entity), BWK454 (nested too deep)
 */
export function parseXml(path: string, text: string): XmlElement {
  if (text.trim() === "") throw new ImportError("BWK452", `\`${path}\` is empty: expected XML`);
  refuseDocumentType(path, text);
  const forbidden = notXml.exec(text);
  if (forbidden !== null) {
    const line = text.slice(0, forbidden.index).split("\n").length;
    const code = forbidden[0].charCodeAt(0).toString(16).padStart(4, "0").toUpperCase();
    throw malformed(path, line, `the character U+${code} is not allowed`);
  }
  const verdict = XMLValidator.validate(text);
  if (verdict !== true) {
    const { line, msg } = verdict.err;
    throw malformed(path, line, msg.length > 200 ? "several elements are not closed" : msg);
  }
  const parser = new XMLParser({
    preserveOrder: true,
    ignoreAttributes: false,
    attributeNamePrefix: "",
    parseTagValue: false,
    parseAttributeValue: false,
    processEntities: false,
    htmlEntities: false,
    ignoreDeclaration: true,
    ignorePiTags: true,
    cdataPropName: "#cdata",
    maxNestedTags: limits.elements,
    jPath: false,
    updateTag: (name: string) => !irrelevant.has(name),
  });
  let roots: Node[];
  try {
    roots = parser.parse(text) as Node[];
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    if (/nested/i.test(message)) {
      throw new ImportError(
        "BWK454",
        `\`${path}\` nests elements deeper than ${limits.elements}: expected the shallow XML of a solution`,
      );
    }
    throw malformed(path, undefined, message);
  }
  const root = roots.map((node) => elementOf(path, node)).find((element) => element !== undefined);
  if (root === undefined) throw malformed(path, undefined, "there is no element");
  return root;
}

/**
 * The name of the root element, read from the beginning of a text; undefined where it does not begin like XML.
 * It decides whether a file is worth parsing at all.
 */
export function rootName(text: string): string | undefined {
  const start = prologEnd(text);
  return /^<([A-Za-z_][\w.:-]*)/.exec(text.slice(start, start + 200))?.[1];
}

/** Skips white space, declarations, instructions and comments before the root element. */
function prologEnd(text: string): number {
  let at = 0;
  for (;;) {
    while (at < text.length && /\s/.test(text[at] as string)) at++;
    const close = text.startsWith("<?", at) ? "?>" : text.startsWith("<!--", at) ? "-->" : undefined;
    if (close === undefined) return at;
    const end = text.indexOf(close, at);
    if (end < 0) return text.length;
    at = end + close.length;
  }
}

function refuseDocumentType(path: string, text: string): void {
  if (!/^<!DOCTYPE/i.test(text.slice(prologEnd(text), prologEnd(text) + 10))) return;
  throw new ImportError(
    "BWK453",
    `\`${path}\` declares a document type, which no solution file has: it is not read`,
    "export the solution again; remove `<!DOCTYPE …>` only if you trust the file",
  );
}

function malformed(path: string, line: number | undefined, message: string): ImportError {
  const where = line === undefined ? "" : `, line ${line}`;
  const words = message.replace(/\s+/g, " ").replace(/\.$/, "").replaceAll("'", "`");
  return new ImportError(
    "BWK452",
    `\`${path}\`${where}: malformed XML: ${words.charAt(0).toLowerCase()}${words.slice(1)}`,
    "export the solution again; the file may have been cut off",
  );
}

function elementOf(path: string, node: Node): XmlElement | undefined {
  const name = Object.keys(node).find((key) => key !== ":@");
  if (name === undefined || name.startsWith("#")) return undefined;
  const attributes = new Map<string, string>();
  for (const [key, value] of Object.entries((node[":@"] ?? {}) as Node)) {
    attributes.set(key, decode(path, String(value)));
  }
  let text = "";
  const children: XmlElement[] = [];
  for (const child of (node[name] ?? []) as Node[]) {
    if (typeof child["#text"] === "string") text += decode(path, child["#text"]);
    else if (Array.isArray(child["#cdata"])) text += cdataText(child["#cdata"] as Node[]);
    else {
      const element = elementOf(path, child);
      if (element !== undefined) children.push(element);
    }
  }
  return { name, attributes, text: text.trim(), children };
}

function cdataText(parts: readonly Node[]): string {
  return parts.map((part) => String(part["#text"] ?? "")).join("");
}

/** Character references and the five names of XML; any other name is an error, never left as it stands. */
function decode(path: string, raw: string): string {
  if (!raw.includes("&")) return raw;
  return raw.replace(
    /&(?:#x([0-9a-fA-F]{1,6})|#([0-9]{1,7})|([^;&\s]{1,64}));|&/g,
    (all, hex, decimal, name) => {
      const code = hex !== undefined ? Number.parseInt(hex, 16) : Number.parseInt(decimal ?? "", 10);
      if (name === undefined && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff)) {
        const character = String.fromCodePoint(code);
        if (!notXml.test(character)) return character;
      }
      const known = name === undefined || !Object.hasOwn(named, name) ? undefined : named[name];
      if (known !== undefined) return known;
      throw new ImportError(
        "BWK453",
        `\`${path}\` uses \`${all}\`, which XML does not define: only &amp; &lt; &gt; &quot; &apos; and character numbers are read`,
      );
    },
  );
}

/** The first child element of a name. */
export function child(element: XmlElement | undefined, name: string): XmlElement | undefined {
  return element?.children.find((each) => each.name === name);
}

/** Every child element of a name, in order. */
export function childrenOf(element: XmlElement | undefined, name: string): readonly XmlElement[] {
  return element === undefined ? [] : element.children.filter((each) => each.name === name);
}

/** The text of the first child of a name; undefined where there is none or it is empty. */
export function childText(element: XmlElement | undefined, name: string): string | undefined {
  const text = child(element, name)?.text;
  return text === undefined || text === "" ? undefined : text;
}
