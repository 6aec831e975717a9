import { readFileSync } from 'node:fs'
import http from 'node:http'
import { expect, test } from 'vitest'
import { startTestEngine } from './testing'

const BOMBS = [
  'SELECT groupArray(repeat(toString(number), 100)) FROM numbers(100000000) FORMAT Null',
  'SELECT number, count() FROM numbers(500000000) GROUP BY number FORMAT Null',
]
const NO_SPILLING = 'max_bytes_ratio_before_external_group_by=0&max_bytes_before_external_group_by=0'

/** Largest resident size so far, in bytes; null where there is no /proc. */
function peakBytes(pid: number): number | null {
  if (process.platform !== 'linux') return null
  const match = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))
  return Number(match?.[1]) * 1024
}

test('memory bombs fail with 241, the process stays under its bound and lives on', async () => {
  const engine = await startTestEngine({ env: { SPANLIGHT_ENGINE_MEMORY: '900MB' } })
  try {
    const explode = async (sql: string): Promise<string | null> => {
      const response = await fetch(`${engine.url}/?${NO_SPILLING}`, { method: 'POST', body: sql })
      await response.text()
      return response.headers.get('x-clickhouse-exception-code')
    }
    expect(await Promise.all([...BOMBS, ...BOMBS, ...BOMBS].map(explode))).toEqual(Array(6).fill('241'))
    expect(peakBytes(engine.pid) ?? 0).toBeLessThan(900e6)
    const after = await fetch(engine.url, { method: 'POST', body: 'SELECT sum(number) FROM numbers(1000)' })
    expect(await after.text()).toBe('499500\n')
  } finally {
    await engine.stop()
  }
})

/** Asks for a result of gigabytes, reads its first piece, waits, and hangs up. */
function abortResult(port: number, format: string, waitMs: number): Promise<void> {
  return new Promise((resolve) => {
    const request = http.request(
      { host: '127.0.0.1', port, method: 'POST', path: `/?default_format=${format}` },
      (response) => {
        response.on('error', () => undefined)
        response.once('data', () => {
          response.pause()
          setTimeout(() => request.destroy(), waitMs)
        })
      },
    )
    const late = setTimeout(() => request.destroy(), 1500)
    request.on('error', () => undefined)
    request.on('close', () => {
      clearTimeout(late)
      resolve()
    })
    request.end("SELECT number, repeat('x', 200) FROM numbers(20000000)")
  })
}

test('a storm of big results that nobody reads to their end stays under the bound', async () => {
  const engine = await startTestEngine({ env: { SPANLIGHT_ENGINE_MEMORY: '1200MB' } })
  try {
    const end = Date.now() + 5000
    const client = async (i: number): Promise<void> => {
      while (Date.now() < end) {
        await abortResult(engine.port, ['TSV', 'JSONEachRow', 'JSONCompact'][i % 3] ?? 'TSV', (i * 37) % 400)
      }
    }
    await Promise.all(Array.from({ length: 24 }, (_, i) => client(i)))
    expect(peakBytes(engine.pid) ?? 0).toBeLessThan(1200e6)
    const after = await fetch(engine.url, { method: 'POST', body: 'SELECT sum(number) FROM numbers(1000)' })
    expect(await after.text()).toBe('499500\n')
  } finally {
    await engine.stop()
  }
})
