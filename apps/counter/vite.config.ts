import { fileURLToPath } from 'node:url'
import adapter from '@sveltejs/adapter-static'
import { sveltekit } from '@sveltejs/kit/vite'
import { defineConfig } from 'vite'

/** The one style attribute SvelteKit itself writes, on the element that announces a navigation. */
const announcerStyle = 'sha256-S8qMpvofolR8Mpjy4kQvEm7m1q8clzU4dfDH0AmvZjo='

/** Where the page sends files itself: the bucket's origin, named at build time; the local file store otherwise. */
const uploadOrigin = (process.env['COUNTER_UPLOAD_ORIGIN'] ??
  'http://127.0.0.1:*') as `http://${string}.${string}`

/** Schemas are the server's; see no-schemas.ts. */
const withoutSchemas = fileURLToPath(new URL('no-schemas.ts', import.meta.url))

export default defineConfig({
  resolve: { alias: { typebox: withoutSchemas } },
  // A small font must stay a file: the policy below forbids those inside a style sheet.
  build: {
    assetsInlineLimit: 0,
    // A declaration nobody calls leaves no trace: these only make values.
    rolldownOptions: {
      treeshake: { manualPureFunctions: ['Type', 'oneOf', 'orNull', 'endpoint'] },
    },
  },
  plugins: [
    sveltekit({
      adapter: adapter({
        pages: 'build',
        assets: 'build',
        fallback: 'index.html',
        precompress: true,
      }),
      paths: { base: '/counter' },
      // The policy travels in the page itself: any plain file server serves it as strictly as ours.
      csp: {
        mode: 'hash',
        directives: {
          'default-src': ['none'],
          'script-src': ['self'],
          'style-src': ['self'],
          'style-src-attr': ['unsafe-hashes', announcerStyle],
          'img-src': ['self', 'data:'],
          'font-src': ['self'],
          'connect-src': ['self', uploadOrigin],
          'manifest-src': ['self'],
          'base-uri': ['none'],
          'form-action': ['self'],
          'object-src': ['none'],
        },
      },
    }),
  ],
})
