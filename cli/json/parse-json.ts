import { Trouble, type TroubleCode } from "../trouble.ts";
import { type JsonFault, scanJson } from "./scan-json.ts";

const codes: Readonly<Record<JsonFault["kind"], TroubleCode>> = {
  syntax: "BWK464",
  depth: "BWK465",
  duplicate: "BWK466",
  inexact: "BWK467",
};

/** The value of a JSON text; `name` says in messages where the text is from. A BOM is accepted. */
export function parseJson(text: string, name: string): unknown {
  const fault = scanJson(text);
  if (fault === undefined) return JSON.parse(text.charCodeAt(0) === 0xfeff ? text.slice(1) : text);
  const before = text.slice(0, fault.offset).split(/\r\n|\r|\n/);
  const [line, column] = [before.length, (before.at(-1) ?? "").length + 1];
  throw new Trouble(
    codes[fault.kind],
    `\`${name}\`, line ${line}, column ${column}: ${fault.message}`,
    fault.kind === "inexact" ? "write it as a string, in double quotes" : undefined,
  );
}
