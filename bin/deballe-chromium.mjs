// Unpack the Chromium of the npm package @sparticuz/chromium, with the libraries and fonts it carries.
// Usage: node bin/deballe-chromium.mjs var/navigateur
import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliDecompressSync } from "node:zlib";

const folder = process.argv[2];
const packed = join(folder, "node_modules", "@sparticuz", "chromium", "bin");
const unpacked = (name) => brotliDecompressSync(readFileSync(join(packed, name)));

for (const archive of ["al2023", "fonts", "swiftshader"]) {
  const target = join(folder, archive);
  mkdirSync(target, { recursive: true });
  execFileSync("tar", ["-x", "-C", target], { input: unpacked(`${archive}.tar.br`) });
}
// The program last, under its final name at once: an interrupted run is never taken for a finished one.
const program = join(folder, "chromium");
writeFileSync(`${program}.part`, unpacked("chromium.br"));
chmodSync(`${program}.part`, 0o755);
renameSync(`${program}.part`, program);
