import type { Span } from "../../source.ts";
import type { AnnotationNode } from "../ast.ts";

/** What a declaration has from the production around it: its extent, annotations included, and the annotations. */
export interface Declared {
  readonly span: Span;
  readonly annotations: readonly AnnotationNode[];
}
