import { ConfigError, readConfig } from '@/server/config'
import { startIngest } from './start-ingest'

/** The ingest role: OTLP over HTTP and gRPC into ClickHouse. Prints one JSON line when it serves. */
async function main(): Promise<void> {
  const ingest = await startIngest(readConfig())
  console.log(JSON.stringify({ ready: true, httpPort: ingest.httpPort, grpcPort: ingest.grpcPort }))
  let stopping = false
  const stop = () => {
    if (stopping) return
    stopping = true
    ingest.stop().then(
      () => process.exit(0),
      (error: unknown) => fail(error),
    )
  }
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)
  // The supervisor is gone: its IPC channel closes.
  process.on('disconnect', stop)
}

function fail(error: unknown): never {
  const known = error instanceof ConfigError
  console.error(
    known ? error.message : `ingest: ${error instanceof Error ? (error.stack ?? error.message) : error}`,
  )
  process.exit(1)
}

main().catch(fail)
