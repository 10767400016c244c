import adapter from '@sveltejs/adapter-node'
import { sveltekit } from '@sveltejs/kit/vite'
import { defineConfig } from 'vite'

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
          'img-src': ['self', 'data:'],
          'font-src': ['self'],
          'connect-src': ['self'],
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
})
