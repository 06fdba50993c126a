// A small layout engine after Wadler and Prettier: documents are texts and possible line breaks; a group is laid out flat
// where it fits the width, and broken at all its own lines where it does not.
export const lineWidth = 110;
const step = "  ";

export type Doc = string | readonly Doc[] | Line | Indent | Group | Fill | Remark | IfBroken;

interface Line {
  readonly doc: "line";
  /** What a flat line is: a blank, or nothing. */
  readonly flat: " " | "";
  readonly hard: boolean;
  /** Whether an empty line comes first. */
  readonly blank: boolean;
}
interface Indent {
  readonly doc: "indent";
  readonly content: Doc;
}
interface Group {
  readonly doc: "group";
  readonly content: Doc;
  readonly broken: boolean;
}
interface Fill {
  readonly doc: "fill";
  /** Contents and the lines between them, by turns. */
  readonly parts: readonly Doc[];
  /** How many of the parts are printed already. */
  readonly from: number;
}
/**
 * A comment. It leads what is printed behind it, or follows what was printed before it, or waits for the end of the line
 * because nothing may stand behind it; every later one on the line then waits, too.
 */
interface Remark {
  readonly doc: "remark";
  readonly text: string;
  readonly place: "leads" | "follows" | "waits";
}
interface IfBroken {
  readonly doc: "ifBroken";
  readonly broken: string;
  readonly flat: string;
}

export const line: Doc = { doc: "line", flat: " ", hard: false, blank: false };
export const softLine: Doc = { doc: "line", flat: "", hard: false, blank: false };
export const hardLine: Doc = { doc: "line", flat: " ", hard: true, blank: false };
export const blankLine: Doc = { doc: "line", flat: " ", hard: true, blank: true };

export const indent = (content: Doc): Doc => ({ doc: "indent", content });
export const fill = (parts: readonly Doc[]): Doc => ({ doc: "fill", parts, from: 0 });
export const ifBroken = (broken: string, flat: string): Doc => ({ doc: "ifBroken", broken, flat });
export const remark = (text: string, place: Remark["place"]): Doc => ({ doc: "remark", text, place });
export const group = (content: Doc, broken = false): Doc => ({
  doc: "group",
  content,
  broken: broken || mustBreak(content),
});

export function join(docs: readonly Doc[], separator: Doc): Doc {
  return docs.flatMap((doc, i) => (i === 0 ? [doc] : [separator, doc]));
}

function isList(doc: Doc): doc is readonly Doc[] {
  return Array.isArray(doc);
}

function mustBreak(doc: Doc): boolean {
  if (typeof doc === "string") return false;
  if (isList(doc)) return doc.some(mustBreak);
  switch (doc.doc) {
    case "line":
      return doc.hard;
    case "indent":
      return mustBreak(doc.content);
    case "group":
      return doc.broken;
    case "fill":
      return doc.parts.some(mustBreak);
    default:
      return false;
  }
}

interface Command {
  readonly indent: string;
  readonly broken: boolean;
  readonly doc: Doc;
}

/** Lays a document out; the last line has no line break behind it. */
export function layout(doc: Doc): string {
  const stack: Command[] = [{ indent: "", broken: true, doc }];
  const out = new Output();
  for (let command = stack.pop(); command !== undefined; command = stack.pop()) {
    const { indent: inner, broken, doc } = command;
    if (typeof doc === "string") out.write(doc);
    else if (isList(doc)) pushAll(stack, command, doc);
    else if (doc.doc === "indent") stack.push({ indent: inner + step, broken, doc: doc.content });
    else if (doc.doc === "ifBroken") out.write(broken ? doc.broken : doc.flat);
    else if (doc.doc === "remark") out.remark(doc);
    else if (doc.doc === "line") {
      if (broken) out.newLine(inner, doc.blank);
      else out.write(doc.flat);
    } else if (doc.doc === "group") {
      const flat = { indent: inner, broken: false, doc: doc.content };
      const fitting = !doc.broken && fits(flat, stack, lineWidth - out.column);
      stack.push(fitting ? flat : { indent: inner, broken: true, doc: doc.content });
    } else layFill(doc, command, stack, out);
  }
  return out.finish();
}

/** Prints one content, then breaks at the line behind it only if the next content does not fit there. */
function layFill(filling: Fill, { indent: inner }: Command, stack: Command[], out: Output): void {
  const { parts, from } = filling;
  const first = parts[from];
  const separator = parts[from + 1];
  const second = parts[from + 2];
  if (first === undefined) return;
  const command = (doc: Doc, broken: boolean): Command => ({ indent: inner, broken, doc });
  const breaks = mustBreak(first);
  if (separator !== undefined && second !== undefined) {
    // What follows the whole list has to fit behind its last element.
    const rest = from + 3 < parts.length ? [] : stack;
    const width = lineWidth - out.column - flatWidth(first);
    const pair = command([separator, second], false);
    const together = !breaks && !mustBreak(separator) && fits(pair, rest, width);
    stack.push(command({ ...filling, from: from + 2 }, true), command(separator, !together));
  }
  stack.push(command(first, breaks || !fits(command(first, false), [], lineWidth - out.column)));
}

function pushAll(stack: Command[], { indent: inner, broken }: Command, docs: readonly Doc[], from = 0): void {
  for (let i = docs.length - 1; i >= from; i--) stack.push({ indent: inner, broken, doc: docs[i] as Doc });
}

/** Whether a document, flat, fits the width together with what follows it up to the next line that is broken. */
function fits(command: Command, rest: readonly Command[], width: number): boolean {
  let left = width;
  let restIndex = rest.length;
  const stack = [command];
  while (left >= 0) {
    const next = stack.pop() ?? rest[--restIndex];
    if (next === undefined) return true;
    const { doc, broken } = next;
    if (typeof doc === "string") left -= doc.length;
    else if (isList(doc)) pushAll(stack, next, doc);
    else if (doc.doc === "indent") stack.push({ indent: "", broken, doc: doc.content });
    else if (doc.doc === "group") stack.push({ indent: "", broken: broken || doc.broken, doc: doc.content });
    else if (doc.doc === "fill") pushAll(stack, next, doc.parts, doc.from);
    else if (doc.doc === "ifBroken") left -= (broken ? doc.broken : doc.flat).length;
    else if (doc.doc === "remark") left -= doc.place === "waits" ? 0 : doc.text.length + 1;
    else if (broken) return true;
    else left -= doc.flat.length;
  }
  return false;
}

function flatWidth(doc: Doc): number {
  if (typeof doc === "string") return doc.length;
  if (isList(doc)) return doc.reduce((sum, part) => sum + flatWidth(part), 0);
  switch (doc.doc) {
    case "line":
      return doc.flat.length;
    case "indent":
    case "group":
      return flatWidth(doc.content);
    case "fill":
      return flatWidth(doc.parts);
    case "ifBroken":
      return doc.flat.length;
    case "remark":
      return doc.place === "waits" ? 0 : doc.text.length + 1;
  }
}

/** The text so far, and the comments that wait for the end of the line. */
class Output {
  #text: string[] = [];
  #line = "";
  #indent = "";
  #waiting: Remark[] = [];

  get column(): number {
    return this.#line.length;
  }

  write(text: string): void {
    this.#line += text;
  }

  remark(comment: Remark): void {
    const { text, place } = comment;
    if (place === "waits" || this.#waiting.length > 0) {
      this.#waiting.push(comment);
      return;
    }
    const printed = place === "leads" ? `${text} ` : ` ${text}`;
    const end = printed.lastIndexOf("\n") + 1;
    if (end > 0) {
      this.#text.push(this.#line + printed.slice(0, end));
      this.#line = printed.slice(end);
    } else this.#line += printed;
  }

  newLine(indentation: string, blank: boolean): void {
    this.#endLine();
    if (blank) this.#text.push("\n");
    this.#indent = indentation;
    this.#line = indentation;
  }

  finish(): string {
    this.#endLine();
    return this.#text.join("").replace(/\n$/, "");
  }

  #endLine(): void {
    let line = this.#line.trimEnd();
    let ended = false;
    for (const { text } of this.#waiting) {
      // What comes behind a line comment has to go to a line of its own.
      if (ended) line += `\n${this.#indent}${text}`;
      else line += line === "" ? this.#indent + text : ` ${text}`;
      ended = text.startsWith("//");
    }
    this.#waiting = [];
    this.#text.push(`${line}\n`);
    this.#line = "";
  }
}
