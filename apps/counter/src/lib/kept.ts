/** What this device remembers, nothing of it about a person: language, keys, and a half-typed supplier's bill. */
const names = {
  language: 'janta-counter-language',
  singleKeys: 'janta-counter-single-keys',
  receipt: 'janta-counter-receipt',
} as const
type Name = keyof typeof names

// A browser may forbid storage (private mode, policy): the console then works and simply forgets.
export function kept(name: Name): string | null {
  try {
    return localStorage.getItem(names[name])
  } catch {
    return null
  }
}

/** True when the device took it. */
export function keep(name: Name, value: string | null): boolean {
  try {
    if (value === null) localStorage.removeItem(names[name])
    else localStorage.setItem(names[name], value)
    return true
  } catch {
    return false
  }
}
