// Browsers before 2023 know no color-mix() and no oklch(from …). A value that also holds var() is not
// dropped by them while parsing but becomes void later, so that an earlier declaration does not help:
// such declarations get a plain stand-in, and the original goes into @supports.
import type { ChildNode, Declaration, Plugin, Rule } from "postcss";

const NEW = /color-mix\(|oklch\(from /;
const SUPPORTED = "(color: color-mix(in oklab, red, red))";

/** Splits arguments at the commas of the outermost level. */
export function splitArguments(text: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let from = 0;
  for (let at = 0; at < text.length; at++) {
    if (text[at] === "(") depth++;
    else if (text[at] === ")") depth--;
    else if (text[at] === "," && depth === 0) {
      parts.push(text.slice(from, at).trim());
      from = at + 1;
    }
  }
  return [...parts, text.slice(from).trim()];
}

function closing(text: string, open: number): number {
  let depth = 0;
  for (let at = open; at < text.length; at++) {
    if (text[at] === "(") depth++;
    else if (text[at] === ")" && --depth === 0) return at;
  }
  return text.length;
}

/** The stronger colour of a mix; a mix that is mostly transparent is left out. */
function standIn(name: string, inner: string): string {
  if (name === "oklch") return /^from\s+(var\([^)]*\)|\S+)/.exec(inner)?.[1] ?? "currentcolor";
  const [, first = "", second = ""] = splitArguments(inner);
  const share = /\s([\d.]+)%$/.exec(first);
  const other = /\s([\d.]+)%$/.exec(second);
  const percent = share ? Number(share[1]) : other ? 100 - Number(other[1]) : first.includes("calc(") ? 25 : 50;
  const picked = percent >= 50 ? first : second;
  return picked.replace(/\s+(?:[\d.]+%|calc\([\s\S]*\))$/, "");
}

/** The value without any function that old browsers lack. */
export function oldValue(value: string): string {
  let text = value;
  for (let guard = 0; guard < 20; guard++) {
    const found = /(color-mix)\(|(oklch)\((?=from )/.exec(text);
    if (!found) return text;
    const open = found.index + found[0].length - 1;
    const end = closing(text, open);
    const inner = text.slice(open + 1, end);
    text = text.slice(0, found.index) + standIn(found[1] ? "color-mix" : "oklch", inner) + text.slice(end + 1);
  }
  return text;
}

function newDeclarations(rule: Rule): Declaration[] {
  return rule.nodes.filter((node: ChildNode): node is Declaration => node.type === "decl" && NEW.test(node.value));
}

export function oldColours(): Plugin {
  return {
    postcssPlugin: "mulin-old-colours",
    OnceExit(root, { AtRule }) {
      const rules: Rule[] = [];
      root.walkRules((rule) => void rules.push(rule));
      for (const rule of rules) {
        const modern = newDeclarations(rule);
        if (!modern.length) continue;
        const copy = rule.clone({ nodes: [] });
        for (const declaration of modern) {
          copy.append(declaration.clone());
          declaration.value = oldValue(declaration.value);
        }
        const supports = new AtRule({ name: "supports", params: SUPPORTED });
        supports.append(copy);
        rule.after(supports);
      }
    },
  };
}
