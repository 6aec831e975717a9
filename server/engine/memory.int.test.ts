import { readFileSync } from 'node:fs'
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
