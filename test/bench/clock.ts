/** Milliseconds since 1970 with parts of them: moments that processes on one machine can compare. */
export function moment(): number {
  return performance.timeOrigin + performance.now();
}
