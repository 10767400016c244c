/** The console is one static page that talks to the API: nothing of it is rendered on a server. */
export const ssr = false
export const prerender = false
