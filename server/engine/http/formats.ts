import type { QueryOptions } from './request'

/**
 * chDB formats each block of a streamed result alone, as a document of its own. That is the whole result
 * only in formats without a head, a tail or anything between blocks; every other format goes through a file.
 */
const BLOCKS_JOIN = new Set(
  [
    'CSV',
    'JSONCompactEachRow',
    'JSONCompactStringsEachRow',
    'JSONEachRow',
    'JSONL',
    'JSONLines',
    'JSONStringsEachRow',
    'LineAsString',
    'NDJSON',
    'Native',
    'Null',
    'Raw',
    'RawBLOB',
    'RowBinary',
    'TabSeparated',
    'TabSeparatedRaw',
    'TSKV',
    'TSV',
    'TSVRaw',
  ].map((name) => name.toLowerCase()),
)

/** Puts brackets around the rows of JSONEachRow. */
const BRACKETS = 'output_format_json_array_of_rows'

export function mayStream(format: string, sql: string, options: QueryOptions): boolean {
  return BLOCKS_JOIN.has(format.toLowerCase()) && !options.settings.has(BRACKETS) && !sql.includes(BRACKETS)
}

/** The end of a document tells what was read, in the formats that have such an end. */
export function readsInTail(format: string, tail: string): { rows: number; bytes: number } | null {
  const match = TAILS.find(([formats]) => formats.test(format))?.[1].exec(tail)
  return match ? { rows: Number(match[1]), bytes: Number(match[2]) } : null
}

const TAILS: ReadonlyArray<readonly [RegExp, RegExp]> = [
  [
    /^JSON(Strings|Compact|CompactStrings|ColumnsWithMetadata)?$/i,
    /"statistics":\s*\{\s*"elapsed":\s*[\d.e+-]+,\s*"rows_read":\s*(\d+),\s*"bytes_read":\s*(\d+)\s*\}\s*\}\s*$/,
  ],
  [
    /^XML$/i,
    /<rows_read>(\d+)<\/rows_read>\s*<bytes_read>(\d+)<\/bytes_read>\s*<\/statistics>\s*<\/result>\s*$/,
  ],
]

/** Whether a document in this format tells by itself what was read, unless a setting forbids it. */
export function tellsReads(format: string): boolean {
  return TAILS.some(([formats]) => formats.test(format))
}
