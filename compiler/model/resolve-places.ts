// Business units and positions (language.md section 7, semantics.md B1).
import type { NameNode, PositionNode, UnitNode } from "../syntax/ast.ts";
import type { Context } from "./context.ts";
import type { Position, Unit } from "./model.ts";
import { resolvePosition, resolveUnit } from "./references.ts";

interface Placed {
  readonly node: UnitNode;
  readonly parent: UnitNode | undefined;
}

/** Declares the units of every organization and those that stand alone; each brings its default team's name (T6). */
export function declareUnits(nodes: readonly UnitNode[], context: Context): readonly Placed[] {
  const { scope, report } = context;
  const declared: Placed[] = [];
  // A stack, because nesting is as deep as the source wants.
  const stack: Placed[] = nodes.toReversed().map((node) => ({ node, parent: undefined }));
  for (let placed = stack.pop(); placed !== undefined; placed = stack.pop()) {
    const { node } = placed;
    for (const unit of node.units.toReversed()) stack.push({ node: unit, parent: node });
    if (placed.parent === undefined && node.under === undefined) {
      if (scope.root !== undefined && scope.root.value !== node.name.value)
        report.add("BWK203", node.name.span, { problem: "roots", root: scope.root.value }, [
          { span: scope.root.span, message: "the first root unit" },
        ]);
      scope.root ??= node.name;
    }
    if (node.name.value === "" || !scope.units.declare(node.name, { node: node.span }, report)) continue;
    scope.teams.declare(node.name, { kind: "default", unit: node.name.value }, report);
    declared.push(placed);
    if (node.disabled && node.form === "organization")
      context.sites.unitChanges.push({ span: node.name.span, unit: node.name.value, change: "disabled" });
  }
  return declared;
}

/** Units with their parents; a cycle is BWK203. */
export function resolveUnits(declared: readonly Placed[], context: Context): readonly Unit[] {
  const links: Link[] = [];
  const units = declared.map(({ node, parent }): Unit => {
    const above =
      parent?.name.value ??
      (node.under === undefined ? undefined : resolveUnit(node.under, "people", context));
    links.push({ name: node.name, parent: above });
    return { name: node.name.value, parent: above, disabled: node.disabled };
  });
  reportCycles(links, "units", context);
  return units;
}

export function declarePositions(
  nodes: readonly PositionNode[],
  { scope, report }: Context,
): readonly PositionNode[] {
  return nodes.filter((node) => node.name.value !== "" && scope.positions.declare(node.name, true, report));
}

/** Positions with those above them; a cycle is BWK203. */
export function resolvePositions(nodes: readonly PositionNode[], context: Context): readonly Position[] {
  const links: Link[] = [];
  const positions = nodes.map((node): Position => {
    const parent = node.under === undefined ? undefined : resolvePosition(node.under, context);
    links.push({ name: node.name, parent });
    return { name: node.name.value, parent };
  });
  reportCycles(links, "positions", context);
  return positions;
}

interface Link {
  readonly name: NameNode;
  readonly parent: string | undefined;
}

/** One diagnostic a cycle, at the name in it that was declared first. */
function reportCycles(links: readonly Link[], problem: "units" | "positions", { report }: Context): void {
  const parents = new Map(links.map((link) => [link.name.value, link.parent]));
  const order = new Map(links.map((link, index) => [link.name.value, index]));
  const done = new Set<string>();
  for (const { name } of links) {
    const path: string[] = [];
    let at: string | undefined = name.value;
    while (at !== undefined && !done.has(at)) {
      done.add(at);
      path.push(at);
      at = parents.get(at);
    }
    const from = at === undefined ? -1 : path.indexOf(at);
    if (from < 0) continue;
    const cycle = path.slice(from);
    const places = cycle.map((each) => order.get(each) as number);
    const turn = places.reduce(
      (first, place, index) => (place < (places[first] as number) ? index : first),
      0,
    );
    const turned = [...cycle.slice(turn), ...cycle.slice(0, turn)];
    const first = links[places[turn] as number] as Link;
    report.add("BWK203", first.name.span, { problem, path: shortened([...turned, first.name.value]) });
  }
}

/** A message is one line that somebody reads. */
function shortened(path: readonly string[]): readonly string[] {
  return path.length <= 8 ? path : [...path.slice(0, 4), "…", ...path.slice(-3)];
}
