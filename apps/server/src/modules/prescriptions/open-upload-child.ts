import { makePages } from './make-pages.ts'
import type { Opening } from './upload-pages.ts'

// The program of the child that opens one stranger's file: it gets the bytes, says the pages, and waits to be ended. It
// has no environment, may write no file and start no process (open-upload.ts says so when it starts it).
process.on('message', (opening: Opening) => {
  makePages(opening, opened => void process.send?.(opened)).catch((error: unknown) => {
    console.error(String((error as Error).stack))
    process.exit(1)
  })
})
