// `settings { … }`: the switches of semantics.md section 11.
import type { Report } from "../diagnostics/report.ts";
import { suggest } from "../diagnostics/suggest.ts";
import type { SettingNode, SettingsNode } from "../syntax/ast.ts";
import { levels, type Settings } from "./model.ts";
import { NameSpace } from "./name-space.ts";
import { written } from "./references.ts";
import type { MistypedSite, Sites } from "./sites.ts";
import { levelNumber, levelWords } from "./vocabulary.ts";

export const defaultSettings: Settings = {
  ownershipAcrossBusinessUnits: false,
  keepRolesOnUnitChange: false,
  moveRecordsWithOwner: true,
  recomputeOwnership: true,
  inheritAboveUser: true,
  teamGrantServesDirectShare: true,
  grantAddsToShare: true,
  sharerNeedsGrantedRights: true,
  shareToPreviousOwner: false,
  disabledMayOwn: false,
  appendToNeedsWrite: false,
  associateNeedsAppendTo: false,
  hierarchy: "off",
  hierarchyDepth: 3,
  hierarchyLevel: "user",
  hierarchyAncestorUnits: false,
  hierarchyAnyUnit: false,
  hierarchyExcludes: [],
  hierarchyDisabledReports: true,
};

/** Chains of managers and positions are short; the image holds no greater depth. */
const DEEPEST = 1000;

type Draft = { -readonly [K in keyof Settings]: Settings[K] };

const keys = new NameSpace<true>("setting");
for (const key of Object.keys(defaultSettings)) if (key !== "hierarchyDepth") keys.builtIn(key, true);

export function resolveSettings(
  nodes: readonly SettingsNode[],
  entityNames: NameSpace<number>,
  sites: Sites,
  report: Report,
): Settings {
  const settings: Draft = { ...defaultSettings };
  const given = new NameSpace<true>("setting");
  for (const node of nodes)
    for (const field of node.fields)
      if (keys.resolve(field.name, report) && given.declare(field.name, true, report))
        resolveSetting(field, settings, entityNames, sites, report);
  return settings;
}

function resolveSetting(
  node: SettingNode,
  settings: Draft,
  entityNames: NameSpace<number>,
  sites: Sites,
  report: Report,
): void {
  const key = node.name.value as keyof Settings;
  const value = node.values[0];
  const wrong = (expected: string, more: Partial<MistypedSite> = {}) =>
    sites.mistyped.push({
      span: value?.span ?? node.span,
      expected,
      found: value === undefined ? "nothing" : written(value.span),
      ...more,
    });
  const word = value?.kind === "Name" ? value.value : undefined;
  if (node.depth !== undefined && key !== "hierarchy")
    sites.mistyped.push({
      span: node.depth.span,
      expected: "the end of the setting, because only `hierarchy` has a depth",
      found: written(node.depth.span),
    });
  if (key === "hierarchyExcludes") settings.hierarchyExcludes = excludes(node, entityNames, report);
  else if (node.values.length > 1) wrong("one value");
  else if (key === "hierarchyLevel") {
    const level = levelNumber(word ?? "");
    if (level === undefined || level === 0)
      wrong("an access level", { suggestion: suggest(word ?? "", levelWords) });
    else settings.hierarchyLevel = levels[level] ?? "user";
  } else if (key === "hierarchy") {
    if (word !== "off" && word !== "manager" && word !== "position")
      wrong("`off`, `manager` or `position`", {
        suggestion: suggest(word ?? "", ["off", "manager", "position"]),
      });
    else settings.hierarchy = word;
    const depth = node.depth;
    if (depth !== undefined && (depth.value < 1n || depth.value > BigInt(DEEPEST)))
      sites.mistyped.push({
        span: depth.span,
        expected: `a depth from 1 to ${DEEPEST}`,
        found: written(depth.span),
      });
    else if (depth !== undefined) settings.hierarchyDepth = Number(depth.value);
  } else {
    const bool =
      value?.kind === "Bool" ? value.value : word === "true" ? true : word === "false" ? false : undefined;
    if (bool === undefined) wrong("`true` or `false`");
    else Object.assign(settings, { [key]: bool });
  }
}

function excludes(node: SettingNode, entityNames: NameSpace<number>, report: Report): readonly number[] {
  const entities = new Set<number>();
  for (const value of node.values) {
    if (value.kind !== "Name" || (value.value === "none" && node.values.length === 1)) continue;
    const entity = entityNames.resolve(value, report);
    if (entity !== undefined) entities.add(entity);
  }
  return [...entities];
}
