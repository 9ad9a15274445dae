import { spawn } from "node:child_process";
import { once } from "node:events";
import { CommandError } from "../command/command-error";
import { engine } from "../command/engine";

/** Runs the engine; what it says goes to the log. */
export async function terraform(
  folder: string,
  ...args: readonly string[]
): Promise<{ readonly status: number | null; readonly said: string }> {
  const { ended, text } = start(folder, args, true);
  return { status: await ended, said: text() };
}

/** Runs it, and keeps what it prints from the log. @throws {@link CommandError} where it fails */
export async function silentTerraform(folder: string, ...args: readonly string[]): Promise<string> {
  const { ended, text } = start(folder, args, false);
  const status = await ended;
  if (status !== 0) {
    throw new CommandError([`[${folder}] ${engine()} ${args[0]} ended with ${status}; its log says why`]);
  }
  return text();
}

function start(folder: string, args: readonly string[], isLogged: boolean) {
  const child = spawn(engine(), args, {
    cwd: folder,
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, TF_IN_AUTOMATION: "1" },
  });
  const chunks: Buffer[] = [];
  child.stdout.on("data", (chunk) => {
    chunks.push(chunk);
    if (isLogged) {
      process.stdout.write(chunk);
    }
  });
  child.stderr.on("data", (chunk) => {
    if (isLogged) {
      chunks.push(chunk);
    }
    process.stderr.write(chunk);
  });
  return { ended: endOf(child), text: () => Buffer.concat(chunks).toString("utf8") };
}

async function endOf(child: ReturnType<typeof spawn>): Promise<number | null> {
  try {
    const [status] = await once(child, "close");
    return status;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new CommandError([`${engine()} can not be run (${code}); install it, or set TERRAFORM_BINARY_NAME`]);
  }
}
