import adapter from '@sveltejs/adapter-node'
import { sveltekit } from '@sveltejs/kit/vite'
import { defineConfig } from 'vite'

/** Where the page sends files itself: the bucket's origin, named at build time; the local file store otherwise. */
const uploadOrigin = (process.env['SHOP_UPLOAD_ORIGIN'] ??
  'http://127.0.0.1:*') as `http://${string}.${string}`

export default defineConfig({
  plugins: [
    sveltekit({
      adapter: adapter(),
      // Where the shop answers is not known when it is built: start.ts tells each request (see there).
      paths: { relative: false },
      csp: {
        // Hashes and not nonces: public pages are kept by the CDN, and a nonce kept is a nonce known.
        mode: 'hash',
        directives: {
          'default-src': ['none'],
          'script-src': ['self'],
          'style-src': ['self'],
          // The router's live region sets one style attribute of its own; this is its hash.
          'style-src-attr': [
            'unsafe-hashes',
            'sha256-S8qMpvofolR8Mpjy4kQvEm7m1q8clzU4dfDH0AmvZjo=',
          ],
          'img-src': ['self', 'data:'],
          'font-src': ['self'],
          'connect-src': ['self', uploadOrigin],
          'manifest-src': ['self'],
          'form-action': ['self'],
          'base-uri': ['none'],
          'frame-ancestors': ['none'],
        },
      },
    }),
  ],
  build: {
    // A data: address would have to be allowed by the policy above, and fonts are better cached alone.
    assetsInlineLimit: 0,
  },
  environments: {
    client: {
      build: {
        rolldownOptions: {
          output: {
            // Many small files compress badly and cost a phone a request each: what pages share is one file.
            codeSplitting: {
              groups: [
                {
                  name: 'shared',
                  // What only checkout and orders show stays with them.
                  test: /packages\/ui\/src\/(?!messages|components\/Timeline)|apps\/shop\/src\/lib\/(?!components\/Steps)/,
                },
              ],
            },
          },
        },
      },
    },
  },
})
