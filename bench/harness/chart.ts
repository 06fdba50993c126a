// A bar chart as SVG text: how long everybody takes for the same answers, the first contestant being 1, on a logarithmic scale.
import { duration, times } from "./numbers.ts";
import type { ContestantResult, Result } from "./result.ts";

const WIDTH = 860;
const LEFT = 300;
const RIGHT = 190;
const ROW = 26;
const TOP = 64;

const entityText = (text: string): string =>
  text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);

const ownColor = "#0b6e4f";
const peerColor = "#7a8aa0";
const limitColor = "#c9b458";

/** Bars that say something: of several worlds, the first contestant's own is drawn once. */
export function barsOf({ contestants }: Pick<Result, "contestants">): readonly ContestantResult[] {
  return contestants.filter(({ ratio }, i) => i === 0 || ratio.least !== 1 || ratio.median !== 1);
}

function color(name: string, isFirst: boolean): string {
  if (isFirst) return ownColor;
  if (name.startsWith("limit")) return limitColor;
  return name.startsWith("bailiwick") ? "#5aa786" : peerColor;
}

/** Powers of ten from the least to the greatest ratio, 1 among them. */
function decades(ratios: readonly number[]): readonly [number, number] {
  const logs = ratios.map(Math.log10);
  return [Math.min(0, Math.floor(Math.min(...logs))), Math.max(1, Math.ceil(Math.max(...logs)))];
}

/** Undefined where there is nothing to compare. */
export function chartOf(result: Result): string | undefined {
  const bars = barsOf(result);
  if (bars.length < 2) return undefined;
  const [first, last] = decades(bars.map(({ ratio }) => ratio.median));
  const place = (ratio: number): number =>
    LEFT + ((Math.log10(ratio) - first) / (last - first)) * (WIDTH - LEFT - RIGHT);
  const height = TOP + bars.length * ROW + 34;
  const ratioTo = result.ratioTo ?? `${result.contestants[0]?.name}'s`;
  const subtitle = `time a ${result.unit} as a multiple of ${ratioTo}; logarithmic, shorter is faster`;
  const lines: string[] = [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}" role="img" font-family="system-ui, sans-serif" font-size="13">`,
    `<title>${entityText(result.title)}</title>`,
    `<rect width="${WIDTH}" height="${height}" fill="#ffffff"/>`,
    `<text x="16" y="24" font-size="16" font-weight="600" fill="#1b1f24">${entityText(result.title)}</text>`,
    `<text x="16" y="44" font-size="12" fill="#57606a">${entityText(subtitle)}</text>`,
  ];
  for (let decade = first; decade <= last; decade++) {
    const x = place(10 ** decade).toFixed(1);
    const tick = decade < 0 ? `1/${10 ** -decade}` : (10 ** decade).toLocaleString("en-US");
    lines.push(
      `<line x1="${x}" y1="${TOP - 6}" x2="${x}" y2="${height - 26}" stroke="${decade === 0 ? "#57606a" : "#e3e6ea"}"/>`,
      `<text x="${x}" y="${height - 10}" text-anchor="middle" font-size="11" fill="#57606a">${tick} x</text>`,
    );
  }
  bars.forEach(({ name, ratio, time }, row) => {
    const y = TOP + row * ROW;
    const [from, to] = [place(1), place(ratio.median)].sort((a, b) => a - b) as [number, number];
    const width = Math.max(2, to - from);
    const middle = y + 15;
    lines.push(
      `<text x="${LEFT - 10}" y="${middle}" text-anchor="end" fill="#1b1f24">${entityText(name)}</text>`,
      `<rect x="${from.toFixed(1)}" y="${y + 3}" width="${width.toFixed(1)}" height="${ROW - 9}" rx="2" fill="${color(name, row === 0)}"/>`,
      `<text x="${(Math.max(to, place(1)) + 8).toFixed(1)}" y="${middle}" fill="#1b1f24">${times(ratio.median)} <tspan fill="#57606a">(${duration(time.median)})</tspan></text>`,
    );
  });
  return `${lines.join("\n")}\n</svg>\n`;
}
