import http from 'node:http'

// A shop of one page for the tests of the stack.
http
  .createServer((_request, response) => response.end(`shop of ${process.env['API_URL']}`))
  .listen(Number(process.env['PORT']), process.env['HOST'])
process.once('SIGTERM', () => process.exit(0))
