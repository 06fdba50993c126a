// The door of the compiler: text in, image or diagnostics out.
export {
  type Analysis,
  type AnalyzeOptions,
  analyze,
  type Compilation,
  compile,
} from "./compile.ts";
export { type Code, catalog, type Severity } from "./diagnostics/catalog.ts";
export { type DiagnosticJson, diagnosticsToJson, render, renderJson } from "./diagnostics/render.ts";
export { type Diagnostic, Report } from "./diagnostics/report.ts";
export { suggest } from "./diagnostics/suggest.ts";
export { partsOf, type TypedConditions, typedConditions } from "./expressions/index.ts";
export type * from "./expressions/typed.ts";
export { writeImage } from "./image/index.ts";
export { guardrailCovers, guardrailCoversTask } from "./model/guardrails.ts";
export * from "./model/model.ts";
export { actionExists, existingActions, existingLevels, levelExists } from "./model/privileges.ts";
export type * from "./model/script.ts";
export { editedRole } from "./model/world/edited-role.ts";
export type { RecordRef, State } from "./model/world/state.ts";
export { lineText, type Position, positionOf, type SourceFile, type Span } from "./source.ts";
export type * from "./syntax/ast.ts";
export { format, parse, parseOperation, printName } from "./syntax/index.ts";
