import { describe, expect, it } from 'vitest'
import type { SchemaContext } from './context'
import { planMigrations, supportsTextIndex } from './migrate'

const CONTEXT: SchemaContext = {
  database: 'telemetry',
  cluster: null,
  ttl: { traces: '7d', logs: '36h', metrics: '365d' },
  textIndex: true,
}

const statements = (context: SchemaContext) =>
  planMigrations(context).flatMap((migration) => migration.statements)
const creating = (context: SchemaContext, table: string) =>
  statements(context).find(
    (statement) => statement.includes(`\`${table}\``) && statement.startsWith('CREATE TABLE'),
  ) ?? ''

describe('the list of migrations', () => {
  it('is numbered without gaps and leaves out what is done', () => {
    const ids = planMigrations(CONTEXT).map((migration) => migration.id)
    expect(ids).toEqual(ids.map((_, i) => i + 1))
    expect(planMigrations(CONTEXT, new Set([1, 2, 3])).map((migration) => migration.id)).toEqual(ids.slice(3))
  })

  it('has only statements that may run twice, in the given database', () => {
    for (const statement of statements(CONTEXT)) {
      expect(statement).toMatch(/^CREATE (TABLE|MATERIALIZED VIEW) IF NOT EXISTS `telemetry`\./)
    }
  })

  it('keeps each signal as long as configured', () => {
    expect(creating(CONTEXT, 'otel_traces')).toContain('TTL toDateTime(Timestamp) + toIntervalDay(7)')
    expect(creating(CONTEXT, 'spanlight_traces_1m')).toContain('TTL Time + toIntervalDay(7)')
    expect(creating(CONTEXT, 'otel_logs')).toContain('+ toIntervalHour(36)')
    expect(creating(CONTEXT, 'otel_metrics_sum')).toContain('+ toIntervalDay(365)')
  })

  it('stores acknowledged rows durably and once', () => {
    for (const statement of statements(CONTEXT).filter((text) => text.startsWith('CREATE TABLE'))) {
      expect(statement).toContain('fsync_after_insert = 1')
      expect(statement).toContain('non_replicated_deduplication_window = 1000')
      expect(statement).toContain('ttl_only_drop_parts = 1')
    }
  })

  it('quotes hostile names', () => {
    const [first] = statements({ ...CONTEXT, database: 'a`; DROP TABLE b' })
    expect(first).toContain('`a\\`; DROP TABLE b`.')
  })

  it('refuses a retention that is not hours or days', () => {
    expect(() => planMigrations({ ...CONTEXT, ttl: { ...CONTEXT.ttl, logs: '1 week' } })).toThrow(/12h or 7d/)
  })
})

describe('older servers', () => {
  it('get bloom filters instead of text indexes and no settings they do not know', () => {
    const traces = creating({ ...CONTEXT, textIndex: false }, 'otel_traces')
    expect(traces).toContain('INDEX idx_span_items SpanAttributeItems TYPE bloom_filter(0.01) GRANULARITY 8')
    expect(traces).not.toContain('text(')
    expect(traces).not.toContain('enable_block_number_column')
  })

  it.each([
    ['26.2.1.1', true],
    ['26.7.2.1', true],
    ['27.1', true],
    ['26.1.9', false],
    ['25.8.3.66', false],
    ['', false],
  ])('%s has text indexes: %s', (version, expected) => {
    expect(supportsTextIndex(version)).toBe(expected)
  })
})

describe('a cluster', () => {
  const cluster = { ...CONTEXT, cluster: 'main' }

  it('gets replicated tables with a Distributed one of the known name', () => {
    expect(creating(cluster, 'otel_traces_local')).toContain(
      "ENGINE = ReplicatedMergeTree('/clickhouse/tables/{shard}/{database}/{table}', '{replica}')",
    )
    expect(creating(cluster, 'spanlight_traces_1m_local')).toContain('ENGINE = ReplicatedSummingMergeTree(')
    const distributed = statements(cluster).find((text) => text.includes('`otel_traces` ON CLUSTER'))
    expect(distributed).toContain(
      "ENGINE = Distributed('main', 'telemetry', 'otel_traces_local', cityHash64(TraceId))",
    )
  })

  it('runs every statement on it, and views between the local tables', () => {
    for (const statement of statements(cluster)) expect(statement).toContain('ON CLUSTER `main`')
    const view = statements(cluster).find((text) => text.startsWith('CREATE MATERIALIZED VIEW'))
    expect(view).toContain('TO `telemetry`.`spanlight_traces_1m_local`')
    expect(view).toContain('FROM `telemetry`.`otel_traces_local`')
  })
})
