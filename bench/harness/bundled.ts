// What a bundler makes of an entry. The bundler is the one that comes with Vitest.
import { createRequire } from "node:module";

type Rolldown = (options: object) => Promise<{
  readonly generate: (options: object) => Promise<{ readonly output: readonly { readonly code?: string }[] }>;
}>;

/** One file of JavaScript modules; `options` are Rolldown's. */
export async function bundled(input: string, options: object, minify = true): Promise<string> {
  const require = createRequire(import.meta.url);
  const beside = createRequire(createRequire(require.resolve("vitest/package.json")).resolve("vite"));
  const { rolldown } = (await import(beside.resolve("rolldown"))) as { rolldown: Rolldown };
  const bundle = await rolldown({ input, logLevel: "silent", ...options });
  const { output } = await bundle.generate({ format: "es", minify });
  return output.map(({ code }) => code ?? "").join("");
}
