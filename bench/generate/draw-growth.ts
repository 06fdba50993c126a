/** One line of a chart: a value for each size. */
export interface Curve {
  readonly name: string;
  readonly values: readonly number[];
}

const WIDTH = 640;
const HEIGHT = 300;
const MARGIN = 48;
const colors = ["#1f6feb", "#d1491b", "#2f8f46", "#8250df"];

/** Place on a logarithmic scale from 0 to 1; what is 0 stands at its begin. */
function scale(values: readonly number[]): (value: number) => number {
  const positive = values.filter((value) => value > 0);
  const low = Math.log10(Math.min(...positive) / 1.2);
  const high = Math.log10(Math.max(...positive) * 1.2);
  return (value) => (value > 0 ? (Math.log10(value) - low) / Math.max(high - low, 1e-9) : 0);
}

const short = (value: number): string =>
  value >= 1e6 ? `${value / 1e6} M` : value >= 1e4 ? `${value / 1e3} k` : String(value);

/** A chart with logarithmic scales: what grows in proportion to the size is a line of one slope, what does not grow lies flat. */
export function drawGrowth(measure: string, sizes: readonly number[], curves: readonly Curve[]): string {
  const across = scale(sizes);
  const up = scale(curves.flatMap(({ values }) => values));
  const x = (size: number) => MARGIN + across(size) * (WIDTH - 2 * MARGIN - 110);
  const y = (value: number) => HEIGHT - MARGIN - up(value) * (HEIGHT - 2 * MARGIN);
  const text = (at: readonly [number, number], words: string, more = ""): string =>
    `<text x="${at[0].toFixed(1)}" y="${at[1].toFixed(1)}"${more}>${words}</text>`;
  const lines = curves.flatMap(({ name, values }, i) => {
    const color = colors[i % colors.length] as string;
    const points = values.map((value, k) => [x(sizes[k] as number), y(value)] as const);
    const [endX, endY] = points.at(-1) as readonly [number, number];
    const path = points.map((point) => point.map((part) => part.toFixed(1)).join(",")).join(" ");
    return [
      `<polyline fill="none" stroke="${color}" stroke-width="2" points="${path}"/>`,
      ...points.map(
        ([cx, cy]) => `<circle cx="${cx.toFixed(1)}" cy="${cy.toFixed(1)}" r="3" fill="${color}"/>`,
      ),
      text(
        [endX + 8, endY + 4],
        `${name}: ${Number((values.at(-1) as number).toPrecision(3))}`,
        ` fill="${color}"`,
      ),
    ];
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}" font-family="sans-serif" font-size="12">`,
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="white"/>`,
    text([MARGIN, 24], `Growth with ${measure} (both scales logarithmic)`, ' font-size="14"'),
    ...sizes.map((size) => text([x(size), HEIGHT - 20], short(size), ' text-anchor="middle" fill="#555"')),
    ...lines,
    "</svg>",
    "",
  ].join("\n");
}
