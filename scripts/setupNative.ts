import {execFile} from "node:child_process";
import {existsSync} from "node:fs";
import {join} from "node:path";
import {promisify} from "node:util";
import {systemTool} from "../lib/verify/sandbox/bubblewrapTools.js";
import {nativeFolder} from "../lib/verify/sandbox/nativeFolder.js";

// Installs what `npm run test:native` uses and npm does not bring: Debian's packages, and a virtual environment with
// packages of PyPI at fixed versions. What is there already is left as it is.
const exec = promisify(execFile);
const log = (line: string) => console.error(line);
const firstLine = (error: unknown) => {
  const {stderr, message} = error as {stderr?: string; message: string};
  const lines = (stderr || message).trim().split("\n");
  return lines.findLast((line) => /error|^E:/i.test(line)) ?? lines[0];
};

const debian = [
  {pack: "bubblewrap", there: () => systemTool("bwrap") !== null},
  {pack: "util-linux", there: () => ["setpriv", "prlimit", "unshare"].every((name) => systemTool(name) !== null)},
  {pack: "coq", there: () => systemTool("coqc") !== null},
  {pack: "python3", there: () => existsSync("/usr/bin/python3")},
  {pack: "python3-venv", there: () => succeeds("/usr/bin/python3", ["-c", "import ensurepip, venv"])}
];
const pypi = {pytest: "9.2.0", sympy: "1.14.0"};

await installDebian();
await installPypi();
log((await succeeds("lean", ["--version"])) ? "lean: found" : "lean: absent; no package has it here, elan installs it");

async function installDebian(): Promise<void> {
  const missing: string[] = [];
  for (const {pack, there} of debian)
    if (await there()) log(`${pack}: found`);
    else missing.push(pack);
  if (missing.length === 0) return;
  const aptGet = systemTool("apt-get");
  if (aptGet === null || process.geteuid?.() !== 0) {
    log(`${missing.join(", ")}: absent; install them with your system's package manager (Debian: as root, apt-get)`);
    return;
  }
  const env = {...process.env, DEBIAN_FRONTEND: "noninteractive"};
  try {
    await exec(aptGet, ["update", "-qq"], {env});
  } catch (error) {
    log(`apt-get update: ${firstLine(error)}`);
  }
  // One by one: what cannot be had must not keep the others away.
  for (const {pack, there} of debian.filter(({pack}) => missing.includes(pack))) {
    try {
      await exec(aptGet, ["install", "-y", "-qq", "--no-install-recommends", pack], {env, maxBuffer: 2 ** 26});
      log((await there()) ? `${pack}: installed` : `${pack}: absent, although apt-get installed it`);
    } catch (error) {
      log(`${pack}: absent; ${firstLine(error)}`);
    }
  }
}

async function installPypi(): Promise<void> {
  const wanted = Object.entries(pypi).map(([name, version]) => `${name}==${version}`);
  const python = join(nativeFolder, "bin", "python");
  const check = Object.entries(pypi)
    .map(([name, version]) => `assert metadata.version("${name}") == "${version}"`)
    .join("; ");
  const isThere = () => succeeds(python, ["-I", "-c", `from importlib import metadata; ${check}`]);
  if (await isThere()) {
    log(`${wanted.join(", ")}: found`);
    return;
  }
  try {
    // The system's own Python, not one of this user alone: it has to be there inside the sandbox.
    if (!(await succeeds(python, ["-c", ""]))) await exec("/usr/bin/python3", ["-m", "venv", "--clear", nativeFolder]);
    await exec(python, ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", ...wanted]);
    log(`${wanted.join(", ")}: installed`);
  } catch (error) {
    log(`${wanted.join(", ")}: absent; ${firstLine(error)}`);
  }
}

async function succeeds(command: string, args: string[]): Promise<boolean> {
  return exec(command, args).then(
    () => true,
    () => false
  );
}
