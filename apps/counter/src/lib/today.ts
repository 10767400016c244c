const istOffsetMs = (5 * 60 + 30) * 60_000

/** The day it is in India, 'YYYY-MM-DD', whatever this device's own zone; the server judges it again. */
export function today(): string {
  return new Date(Date.now() + istOffsetMs).toISOString().slice(0, 10)
}
