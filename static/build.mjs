/**
 * Builds static/dist: styles by sass, scripts by esbuild, pictures as they are; every file named
 * after its content, so that browsers may keep it for ever, and all names listed in manifest.json.
 *
 * An entry point is any file in static/scss or static/js itself (not in a folder below) whose
 * name has no underscore in front.
 */

import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";

import * as esbuild from "esbuild";
import * as sass from "sass";

const HERE = path.dirname(fileURLToPath(import.meta.url));
const NODE_MODULES = path.join(HERE, "..", "node_modules");
const WORKSHOP = path.join(HERE, ".dist-unfinished");
const DIST = path.join(HERE, "dist");

// The typeface and the emblems belong to GOV.UK alone, so no built file may ask for them.
const NOT_OURS = /GDS Transport|\bcrest\b|\bcrown\b|govuk-crest|govuk-crown/i;

const manifest = {};

async function publish(name, content) {
  const { dir, name: stem, ext } = path.parse(name);
  const hash = createHash("sha256").update(content).digest("hex").slice(0, 10);
  const published = path.posix.join(dir, `${stem}-${hash}${ext}`);
  await mkdir(path.join(WORKSHOP, dir), { recursive: true });
  await writeFile(path.join(WORKSHOP, published), content);
  manifest[name] = published;
}

async function entryPoints(folder, extension) {
  const found = await readdir(path.join(HERE, folder), { withFileTypes: true });
  return found
    .filter((one) => one.isFile() && one.name.endsWith(extension) && !one.name.startsWith("_"))
    .map((one) => path.join(HERE, folder, one.name))
    .sort();
}

function refuseForeignBrand(file, content) {
  const found = NOT_OURS.exec(content);
  if (found) {
    throw new Error(`${path.basename(file)} mentions "${found[0]}", which belongs to GOV.UK alone.`);
  }
}

async function buildStyle(file) {
  const { css } = await sass.compileAsync(file, {
    loadPaths: [NODE_MODULES],
    quietDeps: true,
    silenceDeprecations: ["import"],
    style: "compressed",
  });
  refuseForeignBrand(file, css);
  await publish(`${path.parse(file).name}.css`, css);
}

async function buildScript(file) {
  const built = await esbuild.build({
    bundle: true,
    entryPoints: [file],
    format: "esm",
    legalComments: "none",
    logLevel: "warning",
    minify: true,
    target: "es2020",
    write: false,
  });
  refuseForeignBrand(file, built.outputFiles[0].text);
  await publish(path.basename(file), built.outputFiles[0].contents);
}

async function copyPictures() {
  const folder = path.join(HERE, "img");
  const found = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const pictures = found.filter((one) => one.isFile() && !one.name.startsWith("."));
  for (const { name } of pictures) {
    await publish(`img/${name}`, await readFile(path.join(folder, name)));
  }
}

async function build() {
  await rm(WORKSHOP, { force: true, recursive: true });
  await mkdir(WORKSHOP, { recursive: true });
  const styles = await entryPoints("scss", ".scss");
  const scripts = await entryPoints("js", ".js");
  await Promise.all([...styles.map(buildStyle), ...scripts.map(buildScript), copyPictures()]);
  const sorted = Object.fromEntries(Object.entries(manifest).sort());
  await writeFile(path.join(WORKSHOP, "manifest.json"), `${JSON.stringify(sorted, null, 2)}\n`);
  await rm(DIST, { force: true, recursive: true });
  await rename(WORKSHOP, DIST);
}

build().catch((problem) => {
  // What sass and esbuild say names the file and line; where this script stood helps nobody.
  console.error(problem.message);
  process.exit(1);
});
