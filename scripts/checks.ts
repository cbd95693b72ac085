import {spawn} from "node:child_process";

// Types, lint and format side by side: each is one thread. What one says is printed whole once it has ended.
const checks = [["tsc", "--noEmit"], ["eslint", "."], ["prettier", "--check", "."]] as const; // prettier-ignore

const codes = await Promise.all(
  checks.map(
    ([command, ...args]) =>
      new Promise<number>((ended) => {
        const parts: Buffer[] = [];
        // npm puts its packages' commands on the path.
        const child = spawn(command, args, {stdio: ["ignore", "pipe", "pipe"], shell: process.platform === "win32"});
        child.stdout.on("data", (part: Buffer) => parts.push(part));
        child.stderr.on("data", (part: Buffer) => parts.push(part));
        child.once("error", (error) => {
          parts.push(Buffer.from(`${error.message}\n`));
          ended(1);
        });
        child.once("close", (code) => {
          process.stdout.write(`> ${[command, ...args].join(" ")}\n`);
          process.stdout.write(Buffer.concat(parts));
          ended(code ?? 1);
        });
      })
  )
);
process.exitCode = codes.some((code) => code !== 0) ? 1 : 0;
