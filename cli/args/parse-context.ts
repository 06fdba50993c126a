import { parseJson } from "../json/parse-json.ts";
import { Trouble } from "../trouble.ts";

/** The request context of `--context`: a JSON object. Its attributes are checked by the engine. */
export function parseContext(text: string): Record<string, unknown> {
  const value = parseJson(text, "--context");
  if (typeof value === "object" && value !== null && !Array.isArray(value))
    return value as Record<string, unknown>;
  throw new Trouble("BWK485", "`--context` is not a JSON object", `--context '{"mfa": true}'`);
}
