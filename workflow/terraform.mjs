import { spawn } from "node:child_process";
import { once } from "node:events";
import { Failure } from "./failure.mjs";

/**
 * Runs Terraform, or what TERRAFORM_BINARY_NAME names; what it says goes to the log.
 *
 * @param {string} folder
 * @param {...string} args
 * @returns {Promise<{ status: number | null, said: string }>}
 */
export async function terraform(folder, ...args) {
  const { child, text } = start(folder, args, true);
  const [status] = await once(child, "close");
  return { status, said: text() };
}

/**
 * Runs it, and keeps what it prints from the log.
 *
 * @param {string} folder
 * @param {...string} args
 */
export async function silentTerraform(folder, ...args) {
  const { child, text } = start(folder, args, false);
  const [status] = await once(child, "close");
  if (status !== 0) {
    throw new Failure(`terraform ${args[0]} ended with ${status}`);
  }
  return text();
}

/**
 * @param {string} folder
 * @param {string} stack
 */
export async function initialise(folder, stack) {
  const { status } = await terraform(folder, "init", "-input=false", "-no-color");
  if (status !== 0) {
    throw new Failure(`stack ${stack}: terraform init ended with ${status}; its log says why`);
  }
}

/**
 * @param {string} folder
 * @param {string[]} args
 * @param {boolean} isLogged
 */
function start(folder, args, isLogged) {
  const child = spawn(process.env.TERRAFORM_BINARY_NAME || "terraform", args, {
    cwd: folder,
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, TF_IN_AUTOMATION: "1" },
  });
  /** @type {Buffer[]} */
  const chunks = [];
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
  return { child, text: () => Buffer.concat(chunks).toString("utf8") };
}
