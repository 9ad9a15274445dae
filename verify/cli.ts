#!/usr/bin/env node
import { verifyCommand } from "./command";
import { unmanagedCommand } from "./unmanaged";

const [command, ...args] = process.argv.slice(2);

async function main(): Promise<void> {
  process.exitCode = await (command === "unmanaged" ? unmanagedCommand : verifyCommand)(args);
}

void main();
