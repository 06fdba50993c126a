// The door of the syntax room: text in, tree out, and back.
export type * from "./ast.ts";
export { format } from "./format.ts";
export { parse, parseOperation } from "./parse.ts";
export { printName } from "./strings.ts";
export { children, walk } from "./walk.ts";
