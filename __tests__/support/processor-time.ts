/** Milliseconds that this process was at work for something, whatever else the machine did meanwhile. */
export function processorTime(does: () => void): number {
  const before = process.cpuUsage();
  does();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}
