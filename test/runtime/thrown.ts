import { BailiwickError } from "../../runtime-ts/errors.ts";

/** What a call throws, which must be a BailiwickError with one line of words. */
export function thrown(call: () => unknown): { code: string; message: string; help: string | undefined } {
  try {
    call();
  } catch (error) {
    if (!(error instanceof BailiwickError)) throw error;
    const { code, message, help } = error;
    for (const line of [message, help ?? ""]) {
      if (/[\r\n]/.test(line)) throw new Error(`more than one line: ${line}`);
      if (/[.]$/.test(line)) throw new Error(`a final period: ${line}`);
    }
    return { code, message, help };
  }
  throw new Error("nothing was thrown");
}
