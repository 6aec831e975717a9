/** What the text of a migration depends on. Pure data: the same context always gives the same statements. */
export interface SchemaContext {
  readonly database: string
  /** With a cluster: ON CLUSTER, ReplicatedMergeTree under Distributed. */
  readonly cluster: string | null
  /** How long each signal is kept, as SPANLIGHT_TTL_*: `12h` or `7d`. Only the first value: the UI's wins later. */
  readonly ttl: { readonly traces: string; readonly logs: string; readonly metrics: string }
  /** Text indexes (ClickHouse 26.2 and newer); without them bloom filters take their place. */
  readonly textIndex: boolean
}

/** A skip index in both dialects. */
export interface IndexDefinition {
  readonly name: string
  readonly expression: string
  /** For servers with text indexes. */
  readonly text: string
  /** For older servers; null: no index at all. */
  readonly fallback: string | null
}

export interface TableDefinition {
  readonly name: string
  readonly columns: readonly string[]
  readonly indexes?: readonly IndexDefinition[]
  readonly engine: 'MergeTree' | 'SummingMergeTree' | 'AggregatingMergeTree'
  readonly partitionBy: string
  readonly orderBy: string
  /** Date or DateTime expression that the TTL counts from; empty: kept for ever. */
  readonly ttlFrom: string
  readonly ttl: string
  /** Sharding key of the Distributed table. */
  readonly shardBy: string
  readonly settings?: Readonly<Record<string, string | number>>
}

export function quote(name: string): string {
  return `\`${name.replaceAll('\\', '\\\\').replaceAll('`', '\\`')}\``
}

export function literal(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`
}

/** `7d` → `toIntervalDay(7)`. */
export function interval(ttl: string): string {
  const match = /^([1-9]\d*)([hd])$/.exec(ttl)
  if (!match) throw new Error(`A retention is a number of hours or days such as 12h or 7d, not ${ttl}`)
  return match[2] === 'h' ? `toIntervalHour(${match[1]})` : `toIntervalDay(${match[1]})`
}
