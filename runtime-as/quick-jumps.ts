// Where truth values lead in code: `a && b || c` is jumps alone, however many words a value passes on its way (quicken.ts).
import * as abi from "./constants";
import { NO } from "./image";

/** Destinations: an answer (FALSE, TRUE), or 2 + a word. */
function atWord(word: u32): u32 {
  return 2 + word;
}

/** Where a truth value leads that stands on the stack before the word `at`; NO where it is not only jumped upon. */
export function destinationOf(code: usize, at: u32, truth: bool): u32 {
  let value = truth;
  while (true) {
    const word = load<u32>(code + at * 4);
    const target = at + 1 + (word >> 8);
    switch (word & 255) {
      case abi.OP_END:
        return value ? abi.TRUE : abi.FALSE;
      case abi.OP_NOT:
        value = !value;
        at++;
        break;
      case abi.OP_AND:
        if (value) return atWord(at + 1);
        at = target;
        break;
      case abi.OP_OR:
        if (!value) return atWord(at + 1);
        at = target;
        break;
      case abi.OP_JUMP_FALSE:
        return atWord(value ? at + 1 : target);
      case abi.OP_JUMP:
        at = target;
        break;
      default:
        return NO;
    }
  }
}

/** Whether the value before the word `at` is more than jumped upon. */
export function isNowhere(code: usize, at: u32): bool {
  return destinationOf(code, at, true) === NO || destinationOf(code, at, false) === NO;
}

/** The destination that the next step written after the word `at` stands for: words that only jump write none. */
export function landing(code: usize, at: u32): u32 {
  while (true) {
    switch (load<u32>(code + at * 4) & 255) {
      case abi.OP_END:
        return abi.TRUE;
      case abi.OP_NOT:
      case abi.OP_AND:
      case abi.OP_OR:
      case abi.OP_JUMP:
      case abi.OP_JUMP_FALSE:
        at++;
        break;
      default:
        return atWord(at);
    }
  }
}
