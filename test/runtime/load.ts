import { compile, render } from "../../compiler/index.ts";
import { Engine, type LoadOptions } from "../../runtime-ts/index.ts";

/** The image of a policy text, which must compile. */
export function imageOf(text: string): Uint8Array<ArrayBuffer> {
  const { image, diagnostics } = compile([{ name: "test.bwk", text }]);
  if (image === undefined) throw new Error(render(diagnostics, { color: false }));
  return image;
}

/** An engine on a policy text. */
export function engineOf(text: string, options?: LoadOptions): Engine {
  return Engine.load(imageOf(text), options);
}
