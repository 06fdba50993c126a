// The constants of the border (abi.ts) as the core imports them.
export * from "./abi/answers";
export * from "./abi/code";
export * from "./abi/image";
export * from "./abi/inventory";
export * from "./abi/masks";
export * from "./abi/secured";
export * from "./abi/world";
