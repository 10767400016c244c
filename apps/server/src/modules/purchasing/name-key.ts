/** Names and bill numbers are compared without case and outer spaces; what was written is kept. */
export function keyOf(written: string): string {
  return written.trim().toUpperCase()
}
