// Where WebAssembly has no SIMD, the plain core runs.
import { expect, test, vi } from "vitest";
import { Engine } from "../../runtime-ts/index.ts";
import { imageOf } from "./load.ts";
import { thrown } from "./thrown.ts";

test("without SIMD, `auto` takes the plain core and `simd` is refused", () => {
  const validate = vi.spyOn(WebAssembly, "validate").mockReturnValue(false);
  const compiled = vi.spyOn(WebAssembly, "Module");
  const image = imageOf(`
    organization Root;
    privilege Export;
    role R { permit Export; }
    user a in Root { roles: R; }`);
  const asks = (engine: Engine) => engine.check({ principal: "a", action: "Export" }).reason;
  expect(asks(Engine.load(image))).toBe("role R");
  expect(asks(Engine.load(image, { core: "plain" }))).toBe("role R");
  // Asked once, and compiled once.
  expect(validate).toHaveBeenCalledTimes(1);
  expect(compiled).toHaveBeenCalledTimes(1);
  expect(thrown(() => Engine.load(image, { core: "simd" }))).toEqual({
    code: "BWK415",
    message: "WebAssembly has no SIMD here",
    help: "use the core `auto` or `plain`",
  });
});
