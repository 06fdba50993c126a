import { test } from "vitest";
import { check, clean } from "./harness.ts";

const schema = `entity Deal owned by user or team { status: Choice("open", "won"), name: String }
  entity Offer owned by user or team { status: Choice("sent", "won"), name: String }
  entity Note owned by user or team { deal: Deal }
  entity User { grade?: Choice("high", "low") }
  context { channel?: Choice("web", "desk") }`;
const none = (text: string, attribute: string, help: string) => ({
  code: "BWK912",
  message: `\`${text}\` is no option of \`${attribute}\``,
  help,
});
const policy = (condition: string, entity = "Deal") =>
  `${schema} forbid (principal, action == read, resource is ${entity}) when { ${condition} };`;

test("a text that is no option: on either side, in a set, through a lookup, of principal and context", () => {
  const options = "its options are `open`, `won`";
  check(policy('resource.status == <|"wonn"|>'), [none("wonn", "status", "did you mean `won`?")], "");
  check(policy('<|"elsewhere"|> != resource.status'), [none("elsewhere", "status", options)], "");
  check(
    policy('["open", <|"shut tight"|>].contains(resource.status)'),
    [none("shut tight", "status", options)],
    "",
  );
  check(
    policy('resource.deal.status == <|"elsewhere"|>', "Note"),
    [none("elsewhere", "status", options)],
    "",
  );
  check(
    policy('principal has grade && principal.grade == <|"middle"|>'),
    [none("middle", "grade", "its options are `high`, `low`")],
    "",
  );
  check(
    policy('context has channel && context.channel == <|"phone call"|>'),
    [none("phone call", "channel", "its options are `web`, `desk`")],
    "",
  );
});

test("an option, of one of the entities at least, and texts of another kind", () => {
  clean(policy('resource.status == "won" || resource.name == "anything" || resource.status like "w*"'), "");
  const both = (text: string) =>
    `${schema} role Reader { permit read on Deal, Offer at user when { resource.status == ${text} }; }`;
  clean(both('"sent"'), "");
  check(both('<|"gone away"|>'), [none("gone away", "status", "its options are `open`, `won`")], "");
});
