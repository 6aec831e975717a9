import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import http from 'node:http'
import net from 'node:net'
import os from 'node:os'
import { createInterface } from 'node:readline'
import { Readable } from 'node:stream'
import { decodeTraces } from '@/lib/otel/otlp/spans'
import { insertColumns } from '@/lib/otel/otlp/tables'
import { type ClickHouse, createClickHouse } from '@/server/clickhouse/client'
import { migrate } from '@/server/clickhouse/schema/migrate'
import { startTestEngine } from '@/server/engine/testing'
import { benchPayload } from './bench-payload'
import { insertStatement } from './insert-statement'
import { testConfig } from './testing'

/**
 * `npm run bench:ingest [seconds]`: spans per second over HTTP protobuf, with the receiver's memory, beside the same
 * rows, already serialised, put straight into the engine in the same run.
 */
const SPANS_PER_REQUEST = 1000
const PAYLOADS = 40
const SENDERS = 32
/** Requests per INSERT of the floor: as many rows as the receiver puts into one. */
const FLOOR_BATCH = 20
const seconds = Number(process.argv[2] ?? 60)

async function main(): Promise<void> {
  const engine = await startTestEngine()
  const config = testConfig(engine.url)
  const client = createClickHouse(config.clickhouse)
  const receiver = await startReceiver(engine.url)
  try {
    await migrate(client, { ...config.clickhouse, ttl: config.ttl })
    const payloads = Array.from({ length: PAYLOADS }, (_, i) =>
      benchPayload(i, SPANS_PER_REQUEST, Date.now()),
    )
    await sendFor(receiver.port, payloads, 3)
    const before = rss(receiver.pid)
    const sent = await sendFor(receiver.port, payloads, seconds, () => rss(receiver.pid))
    const after = rss(receiver.pid)
    const stored = await countRows(client)
    await client.command({ query: 'TRUNCATE TABLE otel_traces' })
    const floor = await floorFor(client, payloads, seconds)
    print(payloads, sent, floor, { before, after }, stored)
  } finally {
    receiver.child.kill('SIGTERM')
    await client.close()
    await engine.stop()
  }
}

interface Sent {
  readonly spans: number
  readonly seconds: number
  readonly refused: number
  readonly latenciesMs: readonly number[]
  readonly peakRss: number
}

/** Keeps SENDERS requests in flight for the given time. */
async function sendFor(
  port: number,
  payloads: readonly Uint8Array[],
  duration: number,
  sample: () => number = () => 0,
): Promise<Sent> {
  const agent = new http.Agent({ keepAlive: true, maxSockets: SENDERS })
  const start = performance.now()
  const until = start + duration * 1000
  const latenciesMs: number[] = []
  let spans = 0
  let refused = 0
  let next = 0
  let peakRss = 0
  const timer = setInterval(() => {
    peakRss = Math.max(peakRss, sample())
  }, 1000)
  const send = async () => {
    while (performance.now() < until) {
      const began = performance.now()
      const status = await post(agent, port, payloads[next++ % payloads.length]!)
      latenciesMs.push(performance.now() - began)
      if (status === 200) spans += SPANS_PER_REQUEST
      else refused++
    }
  }
  await Promise.all(Array.from({ length: SENDERS }, send))
  clearInterval(timer)
  agent.destroy()
  return { spans, seconds: (performance.now() - start) / 1000, refused, latenciesMs, peakRss }
}

function post(agent: http.Agent, port: number, body: Uint8Array): Promise<number> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/x-protobuf', 'content-length': body.length }
    const request = http.request({ agent, port, method: 'POST', path: '/v1/traces', headers }, (response) => {
      response.resume()
      response.on('end', () => resolve(response.statusCode ?? 0))
    })
    request.on('error', reject)
    request.end(body)
  })
}

/** The same rows, already serialised, in batches of 20,000, one INSERT at a time. */
async function floorFor(
  client: ClickHouse,
  payloads: readonly Uint8Array[],
  duration: number,
): Promise<Sent> {
  const clock = { nowMs: Date.now(), oldestMs: 0 }
  const blocks = payloads.flatMap((payload) =>
    decodeTraces(payload, clock).chunks.map((chunk) => chunk.bytes),
  )
  const columns = insertColumns('otel_traces')
  const query = insertStatement('default', 'otel_traces', columns, columns)
  const start = performance.now()
  const latenciesMs: number[] = []
  let spans = 0
  for (let i = 0; performance.now() - start < duration * 1000; i += FLOOR_BATCH) {
    const batch = Array.from({ length: FLOOR_BATCH }, (_, k) => blocks[(i + k) % blocks.length]!)
    const began = performance.now()
    const { stream } = await client.exec({
      query,
      values: Readable.from(batch, { objectMode: false }),
      clickhouse_settings: { insert_deduplication_token: `floor-${i}`, async_insert: 0 },
    })
    stream.resume()
    latenciesMs.push(performance.now() - began)
    spans += FLOOR_BATCH * SPANS_PER_REQUEST
  }
  return { spans, seconds: (performance.now() - start) / 1000, refused: 0, latenciesMs, peakRss: 0 }
}

async function startReceiver(engineUrl: string): Promise<{ child: ChildProcess; pid: number; port: number }> {
  const [httpPort, grpcPort] = [await freePort(), await freePort()]
  const child = spawn(process.execPath, ['--import', 'tsx', 'server/ingest/main.ts'], {
    env: {
      ...process.env,
      CLICKHOUSE_URL: engineUrl,
      SPANLIGHT_OTLP_HTTP_PORT: String(httpPort),
      SPANLIGHT_OTLP_GRPC_PORT: String(grpcPort),
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  for await (const line of createInterface({ input: child.stdout! })) {
    if (line.includes('"ready":true')) return { child, pid: child.pid!, port: httpPort }
  }
  throw new Error('the receiver ended before it was ready')
}

async function freePort(): Promise<number> {
  const server = net.createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as net.AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

/** Resident memory in MiB, by ps: it is there on Linux and macOS. */
function rss(pid: number): number {
  return Math.round(Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)]).toString()) / 1024)
}

async function countRows(client: ClickHouse): Promise<number> {
  const answer = await client.query({ query: 'SELECT count() AS n FROM otel_traces', format: 'JSONEachRow' })
  const [row] = await answer.json<{ n: string }>()
  return Number(row?.n)
}

function print(
  payloads: readonly Uint8Array[],
  sent: Sent,
  floor: Sent,
  memory: { before: number; after: number },
  stored: number,
): void {
  const bytes =
    payloads.reduce((sum, payload) => sum + payload.length, 0) / payloads.length / SPANS_PER_REQUEST
  const rate = (result: Sent) => Math.round(result.spans / result.seconds)
  console.log(
    `${os.availableParallelism()} cores, Node ${process.version}, ${seconds} s each, ${Math.round(bytes)} bytes per span, ${SPANS_PER_REQUEST} spans per request, ${SENDERS} senders`,
  )
  console.log('| | spans/s | p50 ms | p99 ms | refused | RSS before | RSS peak | RSS after |')
  console.log('|---|---|---|---|---|---|---|---|')
  const line = (name: string, result: Sent, rest: string) =>
    console.log(
      `| ${name} | ${rate(result)} | ${at(result, 0.5)} | ${at(result, 0.99)} | ${result.refused} | ${rest} |`,
    )
  line('OTLP over HTTP, protobuf', sent, `${memory.before} MiB | ${sent.peakRss} MiB | ${memory.after} MiB`)
  line('same rows straight into the engine', floor, '| | ')
  console.log(
    `Rows in the table after the OTLP run, warm-up included: ${stored}. Share of the floor: ${Math.round((100 * rate(sent)) / rate(floor))} %.`,
  )
}

function at({ latenciesMs }: Sent, quantile: number): number {
  const sorted = [...latenciesMs].sort((a, b) => a - b)
  return Math.round(sorted[Math.floor(sorted.length * quantile)] ?? 0)
}

await main()
