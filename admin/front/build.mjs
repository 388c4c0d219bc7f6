// Bundles each part of the panel that comes from npm into admin/static/vendor, with its licences beside it.
import { build } from "esbuild";
import { readFileSync, writeFileSync, copyFileSync, mkdirSync, existsSync, readdirSync } from "node:fs";
import { join } from "node:path";

const OUT = "../static/vendor";
const PARTS = ["editor", "graph", "waveform", "chart", "phone"];

function packageOf(path) {
  const at = path.lastIndexOf("node_modules/") + "node_modules/".length;
  const words = path.slice(at).split("/");
  return join(path.slice(0, at), words[0].startsWith("@") ? words.slice(0, 2).join("/") : words[0]);
}

function licenceOf(folder) {
  const about = JSON.parse(readFileSync(join(folder, "package.json")));
  const file = readdirSync(folder).find((name) => /^licen[cs]e/i.test(name));
  const text = file ? readFileSync(join(folder, file), "utf8") : `Licence: ${about.license}\n`;
  return `${about.name} ${about.version}\n\n${text}`;
}

mkdirSync(OUT, { recursive: true });
const used = new Set();
for (const part of PARTS) {
  const { metafile } = await build({
    entryPoints: [`src/${part}.js`],
    outfile: `${OUT}/${part}.js`,
    bundle: true, minify: true, format: "iife", target: "es2020",
    globalName: `Pressline_${part}`, legalComments: "none", metafile: true,
  });
  Object.keys(metafile.inputs).filter((path) => path.includes("node_modules/")).forEach((path) => used.add(packageOf(path)));
}
copyFileSync("node_modules/uplot/dist/uPlot.min.css", `${OUT}/chart.css`);
writeFileSync(`${OUT}/LICENCES.txt`, [...used].sort().map(licenceOf).join(`\n${"-".repeat(72)}\n\n`));
