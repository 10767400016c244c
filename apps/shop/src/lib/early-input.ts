/**
 * Remembers what boxes and choices hold before the script takes the page over, which puts back what the server wrote;
 * answers how to give a customer on a slow line hers again. A page gone back to shows what its address says.
 */
export function rememberEarlyInput(): () => void {
  const boxes = document.querySelectorAll<HTMLInputElement>('input, select, textarea')
  const held = [...boxes].map(box => ({ box, value: box.value, checked: box.checked }))
  return () => {
    const [arrival] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[]
    if (arrival?.type !== 'navigate') return
    for (const { box, value, checked } of held) {
      if (box.value === value && box.checked === checked) continue
      box.value = value
      box.checked = checked
      // A choice acts as it would have acted.
      box.dispatchEvent(new Event('change', { bubbles: true }))
    }
  }
}
