/** Loaded before a measured program: at its end it says how much memory it had at most. */
process.on("exit", () => {
  process.stderr.write(`peak memory ${process.resourceUsage().maxRSS} kB\n`);
});
