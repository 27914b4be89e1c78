// Prints every function of the TypeScript files named, as JSON lines: [file, line, lines].
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { resolve } from "node:path";

const { parseAst } = createRequire(resolve("frontend/package.json"))("vite");
const FUNCTIONS = new Set(["FunctionDeclaration", "FunctionExpression", "ArrowFunctionExpression"]);

function* functionsIn(node) {
  if (Array.isArray(node)) for (const each of node) yield* functionsIn(each);
  else if (node && typeof node === "object") {
    if (FUNCTIONS.has(node.type)) yield node;
    for (const each of Object.values(node)) yield* functionsIn(each);
  }
}

for (const file of process.argv.slice(2)) {
  const text = readFileSync(file, "utf8");
  const lineAt = (offset) => text.slice(0, offset).split("\n").length;
  for (const { start, end } of functionsIn(parseAst(text, { lang: "ts" }))) {
    console.log(JSON.stringify([file, lineAt(start), lineAt(end) - lineAt(start) + 1]));
  }
}
