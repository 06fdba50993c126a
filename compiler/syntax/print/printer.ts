// What every chapter of the formatter needs: comments put back where they stood, lists, blocks.
// Comments are kept in one queue in the order of the text; whatever prints a node first prints the comments before it.
import type { Span } from "../../source.ts";
import type { AnnotationNode, Comment, NameNode, ReferenceNode } from "../ast.ts";
import { printName, printText } from "../strings.ts";
import { blankLine, type Doc, fill, group, hardLine, ifBroken, indent, line, remark } from "./doc.ts";

interface Spanned {
  readonly span: Span;
}

/** Keywords that could be taken for the beginning of a clause where a list goes on with a name. */
const clauseWords = new Set(["as", "owned", "on", "at", "when", "unless", "with", "because", "by", "none"]);

/** How the items of a block are separated. */
export interface Separators {
  readonly between: "," | ";" | "";
  /** What the last item has in a block on one line, and on several. */
  readonly lastFlat: string;
  readonly lastBroken: string;
}

export const closedItems: Separators = { between: ";", lastFlat: ";", lastBroken: ";" };
export const openItems: Separators = { between: ";", lastFlat: "", lastBroken: ";" };
export const commaItems: Separators = { between: ",", lastFlat: "", lastBroken: "," };
/** Items that bring their own `;` or block. */
export const wholeItems: Separators = { between: "", lastFlat: "", lastBroken: "" };

export class Printer {
  readonly text: string;
  readonly #comments: readonly Comment[];
  #next = 0;

  constructor(text: string, comments: readonly Comment[]) {
    this.text = text;
    this.#comments = comments.map((comment) => ({ ...comment, text: plainLines(comment.text) }));
  }

  // -- comments

  #peek(): Comment | undefined {
    return this.#comments[this.#next];
  }

  #take(before: number): Comment[] {
    const from = this.#next;
    while ((this.#peek()?.span.start ?? before) < before) this.#next++;
    return this.#comments.slice(from, this.#next);
  }

  /** The comments before an offset, in the middle of a line: what stands there comes behind them. */
  before(offset: number): Doc {
    return this.#take(offset).map(({ text }) => remark(text, text.startsWith("//") ? "waits" : "leads"));
  }

  /** The comments before the end of something: they come behind what was printed of it. */
  within(offset: number): Doc {
    return this.#take(offset).map(({ text }) => remark(text, text.startsWith("//") ? "waits" : "follows"));
  }

  /** A node in the middle of a line, with the comments before it, and those that touch its end. */
  node(node: Spanned, doc: () => Doc): Doc {
    return [this.before(node.span.start), doc(), this.#touching(node.span.end)];
  }

  #touching(end: number): Doc {
    const docs: Doc[] = [];
    let from = end;
    for (let comment = this.#peek(); comment?.text.startsWith("/*"); comment = this.#peek()) {
      const { span, text } = comment;
      if (span.start < from || !/^[ \t]*$/.test(this.text.slice(from, span.start))) break;
      docs.push(remark(text, "follows"));
      from = span.end;
      this.#next++;
    }
    return docs;
  }

  /** Comments on lines of their own before an item, with at most one empty line behind each. */
  #leading(start: number): Doc {
    const comments = this.#take(start);
    return comments.map(({ span, text }, i) => {
      const next = comments[i + 1]?.span.start ?? start;
      const gap = this.text.slice(span.end, next);
      if (text.startsWith("/*") && !/[\r\n]/.test(gap)) return remark(text, "leads");
      return [text, this.#blankIn(span.end, next) ? blankLine : hardLine];
    });
  }

  /** Comments that end the line of an item; only separators may stand between. */
  #trailing(end: number): Doc {
    const docs: Doc[] = [];
    // Behind those that touched the item: `name: String /* n */, // nm`.
    let from = Math.max(end, this.#comments[this.#next - 1]?.span.end ?? 0);
    for (let comment = this.#peek(); comment !== undefined; comment = this.#peek()) {
      const { span, text } = comment;
      if (span.start < from || !/^[ \t,;]*$/.test(this.text.slice(from, span.start))) break;
      if (text.startsWith("/*") && !/^[ \t,;]*($|[\r\n]|\/[/*])/.test(this.text.slice(span.end))) break;
      docs.push(remark(text, "waits"));
      from = span.end;
      this.#next++;
    }
    return docs;
  }

  /** Comments between the last item of a block and its closing brace. */
  #closing(from: number): Comment[] {
    const first = this.#next;
    let end = Math.max(from, this.#comments[first - 1]?.span.end ?? 0);
    for (let comment = this.#peek(); comment !== undefined; comment = this.#peek()) {
      if (!/^[\s,;]*$/.test(this.text.slice(end, comment.span.start))) break;
      end = comment.span.end;
      this.#next++;
    }
    return this.#comments.slice(first, this.#next);
  }

  /** What is left at the end of the file: lines of their own. */
  rest(from: number): { blank: boolean; doc: Doc } | undefined {
    const first = this.#peek();
    if (first === undefined) return undefined;
    return {
      blank: this.#blankIn(from, first.span.start),
      doc: this.#lines(this.#take(Number.POSITIVE_INFINITY)),
    };
  }

  #lines(comments: readonly Comment[]): Doc {
    return comments.map(({ text, span }, i) => {
      const last = comments[i - 1];
      if (last === undefined) return text;
      return [this.#blankIn(last.span.end, span.start) ? blankLine : hardLine, text];
    });
  }

  #blankIn(start: number, end: number): boolean {
    return /[\n\r][ \t\f\v]*[\n\r]/.test(this.text.slice(start, end).replaceAll("\r\n", "\n"));
  }

  /** Whether an empty line lies before a node and the comments that lead it. */
  blankBefore(from: number, node: Spanned): boolean {
    const comment = this.#peek()?.span.start ?? node.span.start;
    return this.#blankIn(from, Math.min(comment, node.span.start));
  }

  // -- items and blocks

  /** An item of a block or of the file: its comments before and behind, its annotations above it. */
  item(
    node: Spanned & { readonly annotations?: readonly AnnotationNode[] },
    doc: () => Doc,
    end: Doc = "",
  ): Doc {
    const leading = this.#leading(node.span.start);
    const annotations = (node.annotations ?? []).map((annotation) => [
      this.node(annotation, () => printAnnotation(annotation)),
      this.#trailing(annotation.span.end),
      hardLine,
    ]);
    const content = doc();
    const inside = this.within(node.span.end);
    return [leading, annotations, content, inside, end, this.#trailing(node.span.end)];
  }

  /**
   * `{ item … }` on one line where its author began it on one line and it fits, else one item a line, with at most one
   * empty line between them. `end` is where an empty block ends.
   */
  block<T extends Spanned & { readonly annotations?: readonly AnnotationNode[] }>(
    items: readonly T[],
    print: (item: T) => Doc,
    separators: Separators,
    end: number,
    open = false,
  ): Doc {
    const first = items[0];
    if (first === undefined) return this.#emptyBlock(end);
    const behindBrace = this.#behindBrace();
    const expanded = open || this.#startsOnNewLine(first);
    const docs: Doc[] = [];
    let from = first.span.start;
    for (const [i, item] of items.entries()) {
      if (i > 0) docs.push(this.blankBefore(from, item) ? blankLine : line);
      const last = i === items.length - 1;
      const { lastBroken, lastFlat, between } = separators;
      docs.push(this.item(item, () => print(item), last ? ifBroken(lastBroken, lastFlat) : between));
      from = item.span.end;
    }
    const closing = this.#closing(from);
    if (closing.length > 0) {
      docs.push(this.#blankIn(from, (closing[0] as Comment).span.start) ? blankLine : hardLine);
      docs.push(this.#lines(closing));
    }
    return group(["{", behindBrace, indent([line, docs]), line, "}"], expanded);
  }

  #emptyBlock(end: number): Doc {
    const comments = this.#take(end);
    if (comments.length === 0) return "{}";
    return group(["{", indent([hardLine, this.#lines(comments)]), hardLine, "}"]);
  }

  /** A comment that ends the line of an opening brace. */
  #behindBrace(): Doc {
    const comment = this.#peek();
    if (comment === undefined || !/\{[ \t]*$/.test(this.text.slice(0, comment.span.start).slice(-200)))
      return "";
    if (!/^[ \t]*[\r\n]/.test(this.text.slice(comment.span.end))) return "";
    this.#next++;
    return remark(comment.text, "waits");
  }

  #startsOnNewLine(first: Spanned): boolean {
    const start = Math.min(first.span.start, this.#peek()?.span.start ?? first.span.start);
    return /[\r\n]\s*$/.test(this.text.slice(Math.max(0, start - 1000), start));
  }

  /** A block, or `;` where there is nothing in it and no comment either. */
  body<T extends Spanned & { readonly annotations?: readonly AnnotationNode[] }>(
    node: Spanned,
    items: readonly T[],
    print: (item: T) => Doc,
    separators: Separators,
    open = false,
  ): Doc {
    if (items.length > 0) return [" ", this.block(items, print, separators, node.span.end, open)];
    const comment = this.#peek();
    const commented = comment !== undefined && comment.span.start < node.span.end;
    if (commented && this.text.charAt(node.span.end - 1) === "}")
      return [" ", this.#emptyBlock(node.span.end)];
    return [this.within(node.span.end), ";"];
  }

  // -- lists and names

  /** `a, b, c`, filled line by line, one indent deeper. */
  list<T extends Spanned>(elements: readonly T[], print: (element: T) => Doc): Doc {
    const parts: Doc[] = [];
    for (const [i, element] of elements.entries()) {
      const doc = this.node(element, () => print(element));
      const trailing = this.#trailing(element.span.end);
      const commented = Array.isArray(trailing) && trailing.length > 0;
      const last = i === elements.length - 1;
      parts.push([doc, last ? "" : ",", trailing]);
      if (!last) parts.push(commented ? hardLine : line);
    }
    return indent(fill(parts));
  }

  name(node: NameNode): Doc {
    return this.node(node, () => printName(node.value));
  }

  names(nodes: readonly NameNode[]): Doc {
    return this.list(nodes, (node) => printListName(node.value));
  }

  reference(node: ReferenceNode): Doc {
    return this.node(node, () => printReference(node));
  }

  references(nodes: readonly ReferenceNode[]): Doc {
    return this.list(nodes, (node) =>
      node.kind === "Name" ? printListName(node.value) : printReference(node),
    );
  }
}

/** A comment as it is printed: line breaks of one kind, no blanks at its end. */
export function plainLines(comment: string): string {
  return comment.replaceAll(/\r\n?/g, "\n").trimEnd();
}

const printListName = (name: string): string =>
  clauseWords.has(name) ? JSON.stringify(name) : printName(name);

/** `none` and `organization` mean something else when they are written bare. */
const ownMeaning = new Set(["none", "organization"]);

export function printReference(node: ReferenceNode): string {
  if (node.kind === "EntityId") return `${printName(node.type.value)}::${printText(node.id.value)}`;
  return ownMeaning.has(node.value) ? JSON.stringify(node.value) : printName(node.value);
}

function printAnnotation({ key, value }: AnnotationNode): Doc {
  return `@${printName(key.value)}${value === undefined ? "" : `(${printText(value)})`}`;
}
