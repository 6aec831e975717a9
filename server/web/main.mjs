// The web role: Next's production server on one address, ended by a signal or by its supervisor's death.
// Plain JavaScript: Next loads its own compiled output, and a TypeScript loader would only slow that down.
import { createServer } from 'node:http'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import next from 'next'

const [hostname = '127.0.0.1', portText = '3000'] = process.argv.slice(2)
const port = Number(portText)
const dir = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..')

const app = next({ dev: false, dir, hostname, port })
const handle = app.getRequestHandler()
const server = createServer((request, response) => void handle(request, response))

server.on('error', (error) => {
  const taken = error.code === 'EADDRINUSE'
  console.error(
    taken
      ? `port ${port} (web) is taken: stop the other program or set PORT`
      : `the web server could not listen on ${hostname}:${port}: ${error.message}`,
  )
  process.exit(1)
})
await app.prepare()
server.listen(port, hostname, () => console.log(JSON.stringify({ ready: true, port })))

function stop() {
  server.close()
  server.closeAllConnections()
  process.exit(0)
}
for (const event of ['SIGINT', 'SIGTERM', 'disconnect']) process.on(event, stop)
