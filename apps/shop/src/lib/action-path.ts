/**
 * The address of a page's named form action that keeps the page's own query. The router compares where a form lands
 * with where one is: were they different, a refused form would load the page anew and lose what was typed.
 */
export function actionPath(
  url: { searchParams: Iterable<[string, string]> },
  name: string,
): string {
  const kept = [...url.searchParams].filter(([key]) => !key.startsWith('/'))
  return [`?/${name}`, new URLSearchParams(kept).toString()].filter(Boolean).join('&')
}
