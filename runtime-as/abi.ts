// The border between TypeScript and the core, once: plain number constants, compiled by tsc and by asc.
// TypeScript comes in here; the core through constants.ts, since asc and tsc want different endings in imports.
export * from "./abi/answers.ts";
export * from "./abi/code.ts";
export * from "./abi/image.ts";
export * from "./abi/inventory.ts";
export * from "./abi/masks.ts";
export * from "./abi/secured.ts";
export * from "./abi/world.ts";
