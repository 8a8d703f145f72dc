/** `0.4s`, `23s`, `5m41s`, `1h02m`: a duration as a person reads it. */
export const formatDuration = (seconds: number): string => {
  if (seconds < 9.95) return `${Number(Math.max(0, seconds).toFixed(1))}s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole}s`;
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return `${minutes}m${String(whole % 60).padStart(2, '0')}s`;
  return `${Math.floor(minutes / 60)}h${String(minutes % 60).padStart(2, '0')}m`;
};
