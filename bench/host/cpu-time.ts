/** CPU time of this process so far, all threads, ms. Unlike time by the clock it does not grow when others use the machine. */
export const cpuTime = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};
