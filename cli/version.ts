import { readFileSync } from "node:fs";

/** The version in package.json, found from the sources and from the built files alike. */
export function version(): string {
  for (const place of ["../package.json", "../../package.json"]) {
    try {
      const manifest = JSON.parse(readFileSync(new URL(place, import.meta.url), "utf8")) as {
        name?: string;
        version?: string;
      };
      if (manifest.name === "bailiwick" && manifest.version !== undefined) return manifest.version;
    } catch {
      // Not there: the other place.
    }
  }
  return "unknown";
}
