/** Where to go after signing in: a path of this shop, never another site that a link smuggled in. */
export function nextPath(asked: string | null): string {
  if (!asked || !asked.startsWith('/') || /^\/[/\\]/.test(asked) || asked.includes('\\'))
    return '/account'
  const here = new URL('http://shop.invalid')
  const url = URL.canParse(asked, here) ? new URL(asked, here) : here
  return url.origin === here.origin && url.pathname !== '/' ? url.pathname + url.search : '/account'
}
