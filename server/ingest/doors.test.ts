import zlib from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { insertColumns } from '@/lib/otel/otlp/tables'
import { Counters } from './counters'
import { runDecodeJob } from './decode-job'
import { BrokenBodyError, compressionOf, decompress, TooLargeError } from './decompress'
import { isAllowedHost } from './host-check'
import { insertStatement } from './insert-statement'
import { MemoryGate } from './memory-gate'
import { retentionMs } from './retention'

describe('decompression', () => {
  const plain = Buffer.from('hello '.repeat(100))

  test('reads what senders write', () => {
    expect(decompress(zlib.gzipSync(plain), 'gzip')).toEqual(plain)
    expect(decompress(zlib.deflateSync(plain), 'deflate')).toEqual(plain)
    expect(decompress(zlib.deflateRawSync(plain), 'deflate')).toEqual(plain)
    expect(decompress(plain, 'identity')).toBe(plain)
  })

  test('stops at the size and at the ratio', () => {
    const bomb = zlib.gzipSync(Buffer.alloc(64 * 1024 * 1024))
    expect(() => decompress(bomb, 'gzip')).toThrow(TooLargeError)
    const smallBomb = zlib.gzipSync(Buffer.alloc(4 * 1024 * 1024))
    expect(() => decompress(smallBomb, 'gzip')).toThrow('200 times its size')
    expect(decompress(zlib.gzipSync(Buffer.alloc(500_000)), 'gzip')).toHaveLength(500_000)
  })

  test('broken and cut streams are broken bodies', () => {
    expect(() => decompress(Buffer.from('nonsense'), 'gzip')).toThrow(BrokenBodyError)
    expect(() => decompress(zlib.gzipSync(plain).subarray(0, 20), 'gzip')).toThrow(BrokenBodyError)
    expect(() => decompress(Buffer.from('nonsense'), 'deflate')).toThrow(BrokenBodyError)
  })

  test('names of Content-Encoding', () => {
    expect([undefined, '', 'GZIP', 'deflate', 'br'].map(compressionOf)).toEqual([
      'identity',
      'identity',
      'gzip',
      'deflate',
      null,
    ])
  })

  test('a decode job answers whatever comes', () => {
    const clock = { nowMs: 0, oldestMs: 0 }
    const job = (body: Uint8Array, encoding: 'json' | 'protobuf', compression: 'identity' | 'gzip') =>
      runDecodeJob({ signal: 'traces', encoding, compression, body: Uint8Array.from(body), clock }).kind
    expect(job(Buffer.from('{}'), 'json', 'identity')).toBe('rows')
    expect(job(Buffer.from('{'), 'json', 'identity')).toBe('invalid')
    expect(job(Buffer.from('{}'), 'json', 'gzip')).toBe('invalid')
    expect(job(zlib.gzipSync(Buffer.alloc(64 * 1024 * 1024)), 'json', 'gzip')).toBe('too_large')
    expect(job(Buffer.from([255]), 'protobuf', 'identity')).toBe('invalid')
  })
})

test('the Host has to be this machine while only this machine may send', () => {
  const local = (host: string | undefined) => isAllowedHost({ listen: '127.0.0.1' }, host)
  expect(['localhost:4318', '127.0.0.1', '[::1]:4318', 'LOCALHOST'].map(local)).toEqual([
    true,
    true,
    true,
    true,
  ])
  expect(['evil.example', 'localhost.evil.example', '127.0.0.1.nip.io:4318', undefined].map(local)).toEqual([
    false,
    false,
    false,
    false,
  ])
  expect(isAllowedHost({ listen: '0.0.0.0' }, 'collector.internal:4318')).toBe(true)
})

test('memory is taken only while there is some', () => {
  const gate = new MemoryGate(10)
  expect([gate.tryTake(6), gate.tryTake(6), gate.tryTake(4)]).toEqual([true, false, true])
  gate.give(6)
  expect(gate.used).toBe(4)
})

test('counters as Prometheus text', () => {
  const counters = new Counters()
  counters.add('a_total', 'Help.', { signal: 'logs', reason: 'x' }, 2)
  counters.add('a_total', 'Help.', { signal: 'logs', reason: 'y' }, 3)
  counters.add('a_total', 'Help.', { signal: 'traces' }, 0)
  counters.set('b', 'Gauge.', 1.5)
  expect(counters.text()).toBe(
    '# HELP a_total Help.\n# TYPE a_total counter\na_total{signal="logs",reason="x"} 2\na_total{signal="logs",reason="y"} 3\n# HELP b Gauge.\n# TYPE b gauge\nb 1.5\n',
  )
  expect(counters.sum('a_total', { signal: 'logs' })).toBe(5)
})

test('retention in ms', () => {
  expect(retentionMs({ traces: '7d', logs: '36h', metrics: '1d' })).toEqual({
    traces: 604_800_000,
    logs: 129_600_000,
    metrics: 86_400_000,
  })
})

describe('the INSERT', () => {
  const ours = insertColumns('otel_logs')

  test('goes straight into a table of our columns, LowCardinality or not', () => {
    const theirs = ours.map(({ name, type }) => ({
      name,
      type: type === 'String' ? 'LowCardinality(String)' : type,
    }))
    const sql = insertStatement('db', 'otel_logs', ours, [...theirs, { name: 'Extra', type: 'UInt8' }])
    expect(sql).toMatch(
      /^INSERT INTO `db`\.`otel_logs` \(`ResourceAttributes`, .*`EventName`\) FORMAT RowBinary$/,
    )
  })

  test('is converted for a table that lacks columns or has other types', () => {
    const theirs = ours
      .filter(({ name }) => name !== 'EventName')
      .map(({ name, type }) => ({ name, type: name === 'SeverityNumber' ? 'Int32' : type }))
    const sql = insertStatement('db', 'otel_logs', ours, theirs)
    expect(sql).toContain("FROM input('`ResourceAttributes` Map(LowCardinality(String), String)")
    expect(sql.split('FROM input')[0]).not.toContain('EventName')
    expect(sql).toMatch(/`EventName` String'\) FORMAT RowBinary$/)
  })
})
