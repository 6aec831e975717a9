import { parseAsArrayOf, parseAsBoolean, parseAsJson, parseAsString, parseAsStringLiteral } from 'nuqs'
import { DEFAULT_RANGE } from '@/lib/time/text-range'
import { readFilters } from './read-filters'

export const SOURCES = ['traces', 'logs'] as const
export type SearchSource = (typeof SOURCES)[number]

export const DRAWER_TABS = ['overview', 'trace', 'logs', 'attributes', 'around', 'json'] as const
export type DrawerTab = (typeof DRAWER_TABS)[number]

/** The whole state of the Search page: its address. Nothing else remembers what is searched. */
export const searchParams = {
  source: parseAsStringLiteral(SOURCES).withDefault('traces').withOptions({ clearOnDefault: false }),
  q: parseAsString.withDefault(''),
  lang: parseAsStringLiteral(['lucene', 'sql']).withDefault('lucene'),
  from: parseAsString.withDefault(DEFAULT_RANGE.from),
  to: parseAsString.withDefault(DEFAULT_RANGE.to),
  filters: parseAsJson(readFilters).withDefault({}),
  /** Only spans without a parent. */
  root: parseAsBoolean.withDefault(false),
  /** Null: the source's own columns. */
  cols: parseAsArrayOf(parseAsString),
  /** `Duration:desc`; empty: newest first. */
  sort: parseAsString.withDefault(''),
  /** The record in the drawer. */
  row: parseAsString.withDefault(''),
  tab: parseAsStringLiteral(DRAWER_TABS).withDefault('overview'),
  live: parseAsBoolean.withDefault(false),
}
