/**
 * A pure function that keeps its answers: lists repeat the same few thousand compositions and labels. Forgets
 * everything when `keptMax` texts are kept, so that no list can fill the memory.
 */
export function remembered<T>(work: (text: string) => T, keptMax: number): (text: string) => T {
  const kept = new Map<string, T>()
  return text => {
    const before = kept.get(text)
    if (before !== undefined) return before
    const answer = work(text)
    if (kept.size >= keptMax) kept.clear()
    kept.set(text, answer)
    return answer
  }
}
