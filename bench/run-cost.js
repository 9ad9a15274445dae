/** Loaded before a measured program: at its end it says what it took, CPU time and memory at most. */
process.on("exit", () => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  process.stderr.write(`took ${userCPUTime + systemCPUTime} µs, ${maxRSS} kB\n`);
});
